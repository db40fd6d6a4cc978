/** The key hook and the app together, on a real X server: keys go down and up as under a hand. */
import { setTimeout as sleep } from 'node:timers/promises'
import process from 'node:process'
import type { Page } from '@playwright/test'
import type { Settings } from '../../../src/shared/settings.ts'
import { ensureVirtualDisplay } from '../../../scripts/engines.ts'
import { VirtualDisplay } from '../../fakes/virtual-display.ts'
import {
  CLIP,
  clipboardText,
  commandLineText,
  expect,
  LEAD_SECONDS,
  RELEASE_SECONDS,
  test as starting,
  type Steno,
} from './steno.ts'

interface Keyboard {
  readonly display: VirtualDisplay
  /** Starts the app on that display and waits until it hears keys. */
  readonly startOnDisplay: (settings?: Partial<Settings>) => Promise<Steno>
}

const test = starting.extend<Keyboard>({
  display: async ({ engine: _ }, use) => {
    await using display = await VirtualDisplay.start()
    await use(display)
  },
  startOnDisplay: async ({ startSteno, display }, use) => {
    await use(async (settings = {}) => {
      const { DISPLAY = '' } = display.env
      const steno = await startSteno({
        settings,
        env: { DISPLAY, WAYLAND_DISPLAY: '', XDG_SESSION_TYPE: 'x11' },
      })
      await expect
        .poll(() =>
          steno.app.evaluate(({ app }) => app.getAppMetrics().some(({ name }) => name === 'Steno keys')),
        )
        .toBe(true)
      await hears(steno.page)
      return steno
    })
  },
})

/** The page of the settings says when keys cannot be held; the mirror knows at once. */
async function hears(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const { steno } = globalThis as unknown as {
          steno: { snapshot(): Promise<{ value: { keys: { state: string } } }> }
        }
        return (await steno.snapshot()).value.keys.state
      }),
    )
    .toBe('working')
}

/** Until the clip has been spoken. */
async function clipPlayed(): Promise<void> {
  await sleep(1000 * (LEAD_SECONDS + CLIP.seconds + RELEASE_SECONDS))
}

async function state(page: Page, kind: string): Promise<void> {
  await page.locator(`main[data-state=${kind}]`).waitFor()
}

test.skip(
  process.platform !== 'linux' || !ensureVirtualDisplay((text) => process.stderr.write(`${text}\n`)),
  'needs Xvfb and xdotool (apt-get install xvfb xdotool)',
)

test('hold, speak, let go: the words are on the clipboard', async ({ startOnDisplay, display }) => {
  const { app, page } = await startOnDisplay()
  await display.press('ControlRight')
  await state(page, 'listening')
  await clipPlayed()
  await display.release('ControlRight')
  await state(page, 'idle')
  expect(await clipboardText(app)).toBe(await commandLineText(CLIP))
  await expect(page.getByTestId('row').first()).toHaveAttribute('data-outcome', 'copied')
})

test('a tap goes on without the key, another ends it', async ({ startOnDisplay, display }) => {
  const { app, page } = await startOnDisplay()
  await display.press('ControlRight')
  await display.release('ControlRight')
  await state(page, 'listening')
  await clipPlayed()
  await display.press('ControlRight')
  await display.release('ControlRight')
  await state(page, 'idle')
  expect(await clipboardText(app)).toBe(await commandLineText(CLIP))
})

test('the latch key lets go of a held key in mid-sentence', async ({ startOnDisplay, display }) => {
  const { app, page } = await startOnDisplay({ talkMode: 'hold' })
  await display.press('ControlRight')
  await state(page, 'listening')
  await sleep(1_000)
  await display.press('Space')
  await display.release('Space', 'ControlRight')
  await clipPlayed()
  await state(page, 'listening')
  await display.press('ControlRight')
  await display.release('ControlRight')
  await state(page, 'idle')
  expect(await clipboardText(app)).toBe(await commandLineText(CLIP))
})

test('a shortcut typed with the talk key is no dictation and leaves no trace', async ({
  startOnDisplay,
  display,
}) => {
  const { app, page } = await startOnDisplay()
  await display.press('ControlRight', 'KeyC')
  await display.release('KeyC', 'ControlRight')
  await state(page, 'idle')
  await expect(page.getByTestId('row')).toHaveCount(0)
  expect(await clipboardText(app)).toBe('')
})

test('the key hook is killed while the key is held: the dictation goes on and says so, and no word is lost', async ({
  startOnDisplay,
  display,
}) => {
  const { app, page } = await startOnDisplay()
  await display.press('ControlRight')
  await state(page, 'listening')
  const killed = await app.evaluate(({ app: main }) => {
    const hook = main.getAppMetrics().find(({ name }) => name === 'Steno keys')
    if (hook !== undefined) process.kill(hook.pid, 'SIGKILL')
    return hook?.pid
  })
  expect(killed).toBeGreaterThan(0)
  await expect(page.getByText('Steno goes on listening').first()).toBeVisible()
  await display.release('ControlRight')
  await clipPlayed()
  await state(page, 'listening')
  await hears(page)
  await display.press('ControlRight')
  await display.release('ControlRight')
  await state(page, 'idle')
  expect(await clipboardText(app)).toBe(await commandLineText(CLIP))
})
