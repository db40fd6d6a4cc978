/** The history of the real app: what was dictated is found, starred, played, exported and deleted for good. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CLIP, commandLineText, dictate, expect, test } from './steno.ts'

test('@host what was dictated is found, kept, played, exported, and deleted for good', async ({
  startSteno,
  userData,
  folder,
}) => {
  const { app, page } = await startSteno()
  await dictate(page, CLIP.seconds)
  const text = await commandLineText(CLIP)
  await page.getByRole('link', { name: 'History' }).click()
  const entry = page.getByTestId('entry')
  await expect(entry).toContainText(text)

  await page.getByRole('searchbox').fill('nothing has this word xyzzy')
  await expect(entry).toHaveCount(0)
  await page.getByRole('searchbox').fill(text.split(' ').slice(-2).join(' '))
  await expect(entry).toHaveCount(1)

  await entry.getByRole('button', { name: /^Star/ }).click()
  await page.getByRole('checkbox', { name: 'Starred' }).check()
  await expect(entry).toHaveCount(1)
  await entry.getByRole('button', { name: /^Add tags/ }).click()
  await page.keyboard.type('beer, idea')
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: 'Tag' }).selectOption('idea')
  await expect(entry).toHaveCount(1)

  await entry.getByRole('button', { name: /^Play/ }).click()
  await expect(entry.locator('.said')).toHaveText(text.split(' '))
  await expect(entry.locator('.said[data-lit=true]')).toHaveCount(1)

  const file = join(folder, 'out.srt')
  await app.evaluate((_electron, filePath) => {
    __host.answerNextDialog({ filePath })
  }, file)
  await page.getByRole('combobox', { name: 'Format' }).selectOption('srt')
  await page.getByRole('button', { name: 'Export …' }).click()
  await expect(page.getByText(`Saved as ${file}`)).toBeVisible()
  expect(readFileSync(file, 'utf8')).toContain('-->')

  await entry.getByRole('button', { name: /^Delete/ }).click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByText('Nothing fits.')).toBeVisible()
  const dictations = join(userData, 'dictations')
  expect(readdirSync(dictations).filter((name) => !name.startsWith('history'))).toEqual([])

  await page.getByRole('link', { name: 'Privacy' }).click()
  await expect(page.getByText('Steno talks to the network only when you download a model')).toBeVisible()
})
