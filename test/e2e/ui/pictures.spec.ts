/** Every page and state, light and dark, wide and narrow: pictures into out/screens/ui, and axe finds nothing serious. */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { AppSnapshot } from '../../../src/shared/dictation.ts'
import type { KeyEvent } from '../../../src/shared/keys.ts'
import { expect, press, push, seriousFaults, test } from './pages.ts'
import { DICTATIONS, INSIDE, READY, SETTINGS } from './snapshots.ts'

const FOLDER = join(import.meta.dirname, '../../../out/screens/ui')
const SIZES = { wide: { width: 880, height: 640 }, narrow: { width: 420, height: 420 } } as const
/** Tall enough that nothing of a long page is out of the picture. */
const WHOLE = 1_600
/** On a machine that does much else, pictures are slow. */
const TIMEOUT_MS = 180_000

const PAGES: readonly (readonly [hash: string, Readonly<Record<string, Partial<AppSnapshot>>>])[] = [
  ['dictate', DICTATIONS],
  ['settings', SETTINGS],
  ['inside', INSIDE],
]

test.describe.configure({ timeout: TIMEOUT_MS })

for (const theme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`the window, ${theme} and ${size}`, async ({ open }) => {
      const page = await open('index.html')
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      for (const [hash, states] of PAGES) {
        await page.evaluate(`location.hash = '${hash}'`)
        for (const [name, slices] of Object.entries(states)) {
          await push(page, { ...READY, ...slices })
          await page.setViewportSize(hash === 'dictate' ? viewport : { ...viewport, height: WHOLE })
          await shoot(page, `${name}-${size}-${theme}`)
          expect.soft(await overflowing(page), `${name}: nothing sticks out`).toEqual([])
          expect.soft(await seriousFaults(page), name).toEqual([])
        }
      }
    })
  }

  test(`the key dialog, ${theme}`, async ({ open }) => {
    const page = await open('index.html#settings')
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.getByRole('button', { name: 'Change the key: Talk' }).click()
    const down = (code: string, modifiers: KeyEvent['modifiers']): KeyEvent => ({
      kind: 'down',
      code,
      modifiers,
    })
    await press(page, down('AltRight', []))
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport)
      await shoot(page, `key-dialog-${size}-${theme}`)
    }
    await press(page, down('KeyC', ['Alt']))
    expect(await seriousFaults(page)).toEqual([])
  })

  test(`the overlay, ${theme}`, async ({ open }) => {
    const page = await open('overlay.html')
    await page.setViewportSize({ width: 420, height: 120 })
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    for (const [name, slices] of Object.entries(DICTATIONS)) {
      await push(page, { ...READY, ...slices })
      await talk(page, slices)
      if ((await page.getByTestId('pill').getAttribute('data-state')) === 'idle') continue
      for (const ground of ['white', 'black']) {
        await page.evaluate(`document.documentElement.style.background = '${ground}'`)
        await shoot(page, `overlay-${name}-${theme}-on-${ground}`)
      }
      expect.soft(await seriousFaults(page), name).toEqual([])
    }
  })
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(FOLDER, `${name}.png`) })
}

/** Lets the meter move as speech does. */
async function talk(page: Page, { meter = READY.meter }: Partial<AppSnapshot>): Promise<void> {
  for (let step = 0; step < 40; step++)
    await push(page, {
      meter: { ...meter, level: meter.level * Math.abs(Math.sin(step / 3) * Math.cos(step / 7)) },
    })
}

/** What is wider than the window. */
async function overflowing(page: Page): Promise<unknown> {
  return await page.evaluate(`[...document.querySelectorAll('body *:not(.visually-hidden)')]
    .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 80))`)
}
