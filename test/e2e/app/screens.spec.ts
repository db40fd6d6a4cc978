/** Pictures of the window in each state, light and dark, into out/screens: to be looked at. */
import { join } from 'node:path'
import { CLIP, dictate, expect, ROOT, startDictation, test } from './steno.ts'

for (const scheme of ['light', 'dark'] as const) {
  test(`the window in ${scheme}`, async ({ startSteno }) => {
    const { page } = await startSteno()
    await page.emulateMedia({ colorScheme: scheme })
    const shoot = (name: string): Promise<Buffer> =>
      page.screenshot({ path: join(ROOT, 'out/screens', `${name}-${scheme}.png`) })
    await shoot('idle')
    await page.getByRole('link', { name: 'Models' }).click()
    await page.getByTestId('model').first().waitFor()
    await shoot('models')
    await page.getByRole('link', { name: 'Dictate' }).click()
    await startDictation(page)
    await shoot('listening')
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.locator('main[data-state=idle]').waitFor()
    expect(await dictate(page, CLIP.seconds)).not.toBe('')
    await shoot('text')
  })
}
