/** The ways to dictate that need no key hook: buttons, system shortcuts, a second launch, the voice itself. */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  clip,
  CLIP,
  clipboardText,
  commandLineText,
  dictate,
  expect,
  LEAD_SECONDS,
  pageOf,
  RELEASE_SECONDS,
  ROOT,
  startDictation,
  stopDictation,
  test,
  textOf,
} from './steno.ts'

test('what is spoken stands in the window, on the clipboard and in the list, as the command line reads it', async ({
  startSteno,
}) => {
  const expected = await commandLineText(CLIP)
  const { app, page } = await startSteno()
  expect(await dictate(page, CLIP.seconds)).toBe(expected)
  expect(await clipboardText(app)).toBe(expected)
  await expect(page.getByTestId('row')).toHaveCount(1)
  await expect(page.getByTestId('row')).toContainText(expected)
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('@host what is spoken is written as a person would type it; the raw text is a key away, and so is the way back', async ({
  startSteno,
}) => {
  const [raw, edited] = [await commandLineText(CLIP), await commandLineText(CLIP, '--edited')]
  expect(edited).not.toBe(raw)
  const { app, page } = await startSteno({ settings: { editText: true } })
  expect(await dictate(page, CLIP.seconds)).toBe(edited)
  expect(await clipboardText(app)).toBe(edited)
  const row = page.getByTestId('row')
  await expect(row.locator('.row-text')).toHaveText(edited)

  expect(await app.evaluate(() => __host.pressShortcut('Control+Alt+X'))).toBe(true)
  await expect.poll(() => clipboardText(app)).toBe(raw)
  await expect.poll(() => textOf(page)).toBe(raw)
  await expect(row.locator('.row-text')).toHaveText(raw)
  await row.getByRole('button', { name: 'Edited text' }).click()
  await expect.poll(() => clipboardText(app)).toBe(edited)

  // The last edit alone is the full stop.
  await row.locator('.edit').last().click()
  await expect.poll(() => clipboardText(app)).toBe(edited.replace(/\.$/, ''))
})

test('its words are seen while they are spoken, in the window and in the pill', async ({ startSteno }) => {
  const { app, page } = await startSteno()
  const overlay = await pageOf(app, 'overlay.html')
  await startDictation(page)
  await expect(page.getByTestId('preview')).not.toBeEmpty()
  await expect(overlay.getByTestId('pill')).toHaveAttribute('data-state', 'listening')
  await expect(overlay.locator('.pill-text')).not.toBeEmpty()
  await sleep(1000 * (LEAD_SECONDS + CLIP.seconds + RELEASE_SECONDS))
  await stopDictation(page)
  await expect(page.getByTestId('preview')).toHaveCount(0)
  expect(await textOf(page)).not.toBe('')
})

test('a word of the user’s vocabulary is heard from the next dictation on', async ({ startSteno }) => {
  const striped = clip('speechbrain-spk1_snt4.wav')
  const { page } = await startSteno({ clips: [striped] })
  expect(await dictate(page, striped.seconds)).not.toMatch(/stripe/i)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('textbox', { name: 'Names and words to expect' }).fill('stripe')
  await page.getByRole('link', { name: 'Dictate' }).click()
  expect(await dictate(page, striped.seconds)).toMatch(/stripe/i)
})

test('the overlay goes through its states, never takes the focus, and leaves', async ({ startSteno }) => {
  const { app, page } = await startSteno()
  const overlay = await pageOf(app, 'overlay.html')
  const seen: string[] = []
  await overlay.exposeFunction('seen', (state: string) => {
    if (seen.at(-1) !== state) seen.push(state)
  })
  await overlay.evaluate(() => {
    const scope = globalThis as unknown as {
      document: { querySelector(selector: string): { dataset: { state: string } } | null }
      MutationObserver: new (run: () => void) => { observe(node: unknown, what: object): void }
      seen(state: string): void
    }
    const look = (): void => {
      scope.seen(scope.document.querySelector('[data-testid=pill]')?.dataset.state ?? 'idle')
    }
    new scope.MutationObserver(look).observe(scope.document, {
      subtree: true,
      childList: true,
      attributes: true,
    })
  })
  const visible = (): Promise<boolean> => inOverlay('isVisible')
  const inOverlay = (question: 'isVisible' | 'isFocused'): Promise<boolean> =>
    app.evaluate(
      ({ BrowserWindow }, ask) =>
        BrowserWindow.getAllWindows()
          .find((window) => window.webContents.getURL().endsWith('overlay.html'))
          ?.[ask]() ?? false,
      question,
    )
  expect(await visible()).toBe(false)
  // Beside a window that has the focus it is not needed.
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getFocusedWindow()?.blur()
  })
  await startDictation(page)
  await expect.poll(visible).toBe(true)
  expect(await inOverlay('isFocused')).toBe(false)
  await sleep(1000 * (LEAD_SECONDS + CLIP.seconds + RELEASE_SECONDS))
  await stopDictation(page)
  await expect.poll(visible).toBe(false)
  expect(seen.filter((state) => state !== 'idle')).toEqual(['preparing', 'listening', 'decoding', 'copied'])
})

test('one dictation after the other, each with its own text', async ({ startSteno }) => {
  const { page } = await startSteno()
  const first = await dictate(page, CLIP.seconds)
  const second = await dictate(page, CLIP.seconds)
  expect(first.length).toBeGreaterThan(20)
  expect(second).toBe(first)
  await expect(page.getByTestId('row')).toHaveCount(2)
})

test('a second launch with --toggle starts and stops, with --cancel takes back, and shows nothing', async ({
  startSteno,
  startBare,
}) => {
  const { app, page } = await startSteno()
  const again = (flag: string): unknown => startBare(ROOT, [flag])
  again('--toggle')
  await page.locator('main[data-state=listening]').waitFor()
  await sleep(1000 * (LEAD_SECONDS + CLIP.seconds + RELEASE_SECONDS))
  again('--toggle')
  await page.locator('main[data-state=idle]').waitFor()
  expect(await clipboardText(app)).toBe(await textOf(page))
  again('--start')
  await page.locator('main[data-state=listening]').waitFor()
  again('--cancel')
  await page.locator('main[data-state=idle]').waitFor()
  await expect(page.getByTestId('row').first()).toHaveAttribute('data-outcome', 'cancelled')
})

test('@host the toggle shortcut starts and stops; Escape cancels, and only while something is dictated', async ({
  startSteno,
}) => {
  const { app, page } = await startSteno()
  const press = (keys: string): Promise<boolean> =>
    app.evaluate((_electron, accelerator) => __host.pressShortcut(accelerator), keys)
  expect(await press('Escape')).toBe(false)
  expect(await press('Control+Shift+Space')).toBe(true)
  await page.locator('main[data-state=listening]').waitFor()
  await sleep(1000 * (LEAD_SECONDS + CLIP.seconds + RELEASE_SECONDS))
  expect(await press('Escape')).toBe(true)
  await page.locator('main[data-state=idle]').waitFor()
  expect(await clipboardText(app)).toBe('')
  // Undo brings it back: what was said is kept.
  expect(await press('Control+Alt+Z')).toBe(true)
  await expect(page.getByTestId('row').first()).toHaveAttribute('data-outcome', 'copied')
  const text = await clipboardText(app)
  expect(text).toBe(await commandLineText(CLIP))
  await app.evaluate(({ clipboard }) => clipboard.writeText('something else'))
  expect(await press('Control+Alt+C')).toBe(true)
  await expect.poll(() => clipboardText(app)).toBe(text)
  await app.evaluate(({ clipboard }) => clipboard.writeText('something else'))
  expect(await press('Control+Alt+R')).toBe(true)
  await expect.poll(() => clipboardText(app)).toBe(text)
})

test('hands-free: the voice starts a dictation and silence ends it', async ({ startSteno }) => {
  test.setTimeout(240_000)
  // The microphone is open all the time, and the voice detector takes its time to load: the clip comes again and again.
  const { app, page } = await startSteno({
    loop: true,
    // A detector that lags on a busy machine still hears where one ends and the next begins.
    leadSeconds: 12,
    settings: { handsFree: true, handsFreeSilenceMs: 800 },
  })
  const expected = await commandLineText(CLIP)
  const heard = page.getByTestId('row').filter({ hasText: expected })
  await expect.poll(() => heard.count(), { timeout: 120_000 }).toBeGreaterThanOrEqual(1)
  await expect.poll(() => clipboardText(app), { timeout: 100_000 }).toBe(expected)
})

test('silence ends a dictation that no key is held for, when the setting says so', async ({ startSteno }) => {
  const { app, page } = await startSteno({ settings: { autoStopSilenceMs: 1_000 } })
  await startDictation(page)
  await page.locator('main[data-state=idle]').waitFor({ timeout: 60_000 })
  expect(await clipboardText(app)).toBe(await commandLineText(CLIP))
})

test('a row is copied, decoded again and played from the list', async ({ startSteno }) => {
  const { app, page } = await startSteno()
  const text = await dictate(page, CLIP.seconds)
  const row = page.getByTestId('row').first()
  await app.evaluate(({ clipboard }) => clipboard.writeText(''))
  await row.getByRole('button', { name: /copy/i }).click()
  await expect.poll(() => clipboardText(app)).toBe(text)
  await app.evaluate(({ clipboard }) => clipboard.writeText(''))
  await row.getByRole('button', { name: /again|retry/i }).click()
  await expect.poll(() => clipboardText(app)).toBe(text)
  const sound = await page.evaluate(async () => {
    const scope = globalThis as unknown as {
      fetch(url: string): Promise<{ status: number; arrayBuffer(): Promise<ArrayBuffer> }>
    }
    const answer = await scope.fetch('recordings/1.wav')
    return { status: answer.status, bytes: (await answer.arrayBuffer()).byteLength }
  })
  expect(sound.status).toBe(200)
  expect(sound.bytes).toBeGreaterThan(32_000 * CLIP.seconds)
})

test('a worker that is killed while it listens is replaced, and no word is lost', async ({ startSteno }) => {
  const { app, page } = await startSteno()
  const undisturbed = await dictate(page, CLIP.seconds)
  await startDictation(page)
  await sleep(1_000 * (LEAD_SECONDS + 1))
  const killed = await app.evaluate(({ app: main }) => {
    const worker = main.getAppMetrics().find(({ name }) => name === 'Steno transcription')
    if (worker !== undefined) process.kill(worker.pid, 'SIGKILL')
    return worker?.pid
  })
  expect(killed).toBeGreaterThan(0)
  await sleep(1_000 * (CLIP.seconds - 1 + RELEASE_SECONDS))
  await stopDictation(page)
  expect(await textOf(page)).toBe(undisturbed)
})

test('a dictation that begins before the model is loaded is no left-over of a former run', async ({
  startSteno,
}) => {
  const { app, page } = await startSteno({ args: ['--start'] })
  await page.locator('main[data-state=listening]').waitFor()
  await sleep(1000 * (LEAD_SECONDS + CLIP.seconds + RELEASE_SECONDS))
  await stopDictation(page)
  expect(await clipboardText(app)).toBe(await commandLineText(CLIP))
  await expect(page.getByTestId('row')).toHaveCount(1)
  await expect(page.getByTestId('row')).toContainText(await textOf(page))
  await expect(page.getByText(/^Recovered/)).toHaveCount(0)
})
