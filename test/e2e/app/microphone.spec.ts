/** What becomes of the microphone, told in the window: the page's own cases are in test/e2e/capture. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import {
  CLIP,
  clipboardText,
  commandLineText,
  dictate,
  expect,
  LEAD_SECONDS,
  pageOf,
  RELEASE_SECONDS,
  startDictation,
  test,
} from './steno.ts'

interface Scope {
  readonly navigator: { readonly mediaDevices: { getUserMedia(wanted: object): Promise<Stream> } }
  readonly DOMException: new (message: string, name: string) => Error
  readonly Event: new (type: string) => object
  /** Those that were opened. */
  tracks?: Track[]
}

interface Stream {
  getTracks(): Track[]
}

interface Track {
  stop(): void
  dispatchEvent(event: object): boolean
}

/** From now on opening a microphone is refused with this name of error; undefined: allowed again. */
async function refuse(capture: Page, name: string | undefined): Promise<void> {
  await capture.evaluate((refusal) => {
    const scope = globalThis as unknown as Scope & { opens?: (wanted: object) => Promise<Stream> }
    const { mediaDevices } = scope.navigator
    const open = (scope.opens ??= mediaDevices.getUserMedia.bind(mediaDevices))
    const tracks = (scope.tracks ??= [])
    mediaDevices.getUserMedia = async (wanted) => {
      if (refusal !== undefined) throw new scope.DOMException('refused by the test', refusal)
      const stream = await open(wanted)
      tracks.push(...stream.getTracks())
      return stream
    }
  }, name)
}

test('a microphone that may not be used, or is not there, is told within two seconds; the next dictation works', async ({
  startSteno,
}) => {
  const { app, page } = await startSteno()
  const capture = await pageOf(app, 'capture.html')
  for (const [name, words] of [
    ['NotAllowedError', 'Steno may not use the microphone.'],
    ['NotFoundError', 'No microphone was found.'],
    ['NotReadableError', 'The microphone is in use by another program.'],
  ] as const) {
    await refuse(capture, name)
    await page.getByRole('button', { name: 'Dictate', exact: true }).click()
    await expect(page.getByText(words).first()).toBeVisible()
    await page.locator('main[data-state=idle]').waitFor()
  }
  await refuse(capture, undefined)
  expect(await dictate(page, CLIP.seconds)).toBe(await commandLineText(CLIP))
})

test('unplugged in mid-sentence with no other at hand: what was heard is on the clipboard, and it is said', async ({
  startSteno,
}) => {
  const { app, page } = await startSteno()
  const capture = await pageOf(app, 'capture.html')
  await refuse(capture, undefined)
  await startDictation(page)
  await sleep(1000 * (LEAD_SECONDS + CLIP.seconds + RELEASE_SECONDS))
  await refuse(capture, 'NotFoundError')
  await unplug(capture)
  await page.locator('main[data-state=idle]').waitFor()
  await expect(page.getByText('The microphone was unplugged.').first()).toBeVisible()
  expect(await clipboardText(app)).toBe(await commandLineText(CLIP))
})

/** Ends the tracks as a device does that is pulled out. */
async function unplug(capture: Page): Promise<void> {
  await capture.evaluate(() => {
    const scope = globalThis as unknown as Scope
    for (const track of scope.tracks ?? []) {
      track.stop()
      track.dispatchEvent(new scope.Event('ended'))
    }
  })
}
