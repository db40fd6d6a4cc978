/** Every page and state, light and dark, wide and narrow: pictures into out/screens/ui, and axe finds nothing serious. */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { AppSnapshot } from '../../../src/shared/dictation.ts'
import type { KeyEvent } from '../../../src/shared/keys.ts'
import { expect, press, push, seriousFaults, test } from './pages.ts'
import { MODEL_PAGES, OFFERS } from './model-snapshots.ts'
import { DICTATIONS, INSIDE, READY, SETTINGS } from './snapshots.ts'

const FOLDER = join(import.meta.dirname, '../../../out/screens/ui')
const SIZES = { wide: { width: 880, height: 640 }, narrow: { width: 420, height: 420 } } as const
/** As many as there are bars in the window. */
const VOICE_STEPS = 72
/** 420×420 at 200 %. */
const SMALLEST_ZOOMED = { width: 210, height: 210 }
const PICTURED_SMALL = new Set(['ready', 'listening', 'failed', 'settings', 'inside'])
/** Tall enough that nothing of a long page is out of the picture. */
const WHOLE = 3_000
/** On a machine that does much else, pictures are slow. */
const TIMEOUT_MS = 180_000

const PAGES: readonly (readonly [hash: string, Readonly<Record<string, Partial<AppSnapshot>>>])[] = [
  ['dictate', { ...DICTATIONS, ...OFFERS }],
  ['models', MODEL_PAGES],
  ['settings', SETTINGS],
  ['inside', INSIDE],
]

test.describe.configure({ timeout: TIMEOUT_MS })

for (const theme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`the window, ${theme} and ${size}`, async ({ open }) => {
      const page = await open('index.html')
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      for await (const [name, whole] of everyState(page)) {
        await page.setViewportSize(whole ? { ...viewport, height: WHOLE } : viewport)
        await shoot(page, `${name}-${size}-${theme}`)
        expect.soft(await overflowing(page), `${name}: nothing sticks out`).toEqual([])
        // Slow, and in the narrow window it would only find the same again.
        if (size === 'wide') expect.soft(await seriousFaults(page), name).toEqual([])
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

test('the smallest window at twice the size: nothing sticks out', async ({ open }) => {
  const page = await open('index.html')
  await page.setViewportSize(SMALLEST_ZOOMED)
  for await (const [name] of everyState(page)) {
    if (PICTURED_SMALL.has(name)) await shoot(page, `${name}-smallest`)
    expect.soft(await overflowing(page), name).toEqual([])
  }
})

test('the window with a voice, with the player open, and in the colours of the system', async ({ open }) => {
  const page = await open('index.html', DICTATIONS['listening'])
  await page.setViewportSize(SIZES.wide)
  await page.getByRole('button', { name: 'Play' }).first().click()
  await page.getByRole('slider').waitFor()
  await talk(page, DICTATIONS['listening'] ?? {})
  await shoot(page, 'voice-wide-light')
  expect(await seriousFaults(page)).toEqual([])
  await page.emulateMedia({ forcedColors: 'active' })
  await shoot(page, 'voice-wide-forced')
  await page.evaluate(`location.hash = 'settings'`)
  await page.setViewportSize({ ...SIZES.wide, height: WHOLE })
  await shoot(page, 'settings-wide-forced')
  await page.evaluate(`location.hash = 'inside'`)
  await shoot(page, 'inside-wide-forced')
  await page.evaluate(`location.hash = 'models'`)
  await push(page, MODEL_PAGES['models-busy'] ?? {})
  await shoot(page, 'models-wide-forced')
})

/** Shows each page in each of its states. @returns the name, and whether it is a page longer than the window. */
async function* everyState(page: Page): AsyncGenerator<readonly [name: string, long: boolean]> {
  for (const [hash, states] of PAGES) {
    await page.evaluate(`location.hash = '${hash}'`)
    for (const [name, slices] of Object.entries(states)) {
      await push(page, { ...READY, ...slices })
      yield [name, hash !== 'dictate']
    }
  }
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(FOLDER, `${name}.png`) })
}

/** Lets the meter move as speech does. */
async function talk(page: Page, { meter = READY.meter }: Partial<AppSnapshot>): Promise<void> {
  const levels = Array.from({ length: VOICE_STEPS }, (_, step) => {
    return meter.level * (0.4 + 0.6 * Math.abs(Math.sin(step / 2) * Math.cos(step / 5)))
  })
  await push(page, ...levels.map((level) => ({ meter: { ...meter, level } })))
}

/** What is wider than the window. */
async function overflowing(page: Page): Promise<unknown> {
  return await page.evaluate(`[...document.querySelectorAll('body *:not(.visually-hidden)')]
    .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 80))`)
}
