/** Speech that begins with the key, not after it: no word of it is lost when the microphone is kept open. */
import { setTimeout as sleep } from 'node:timers/promises'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { encodeWav } from '../../../src/audio/write-wav.ts'
import { joined, readPcm } from '../../fakes/speech.ts'
import {
  CLIP,
  clip,
  commandLineText,
  expect,
  pageOf,
  RELEASE_SECONDS,
  silence,
  stopDictation,
  test,
  textOf,
} from './steno.ts'

const RUNS = 20
/** From the opening of the microphone to the speech: for the kept moments to fill. */
const LEAD_SECONDS = 3

test(`speech that begins at the very moment of the key loses no word, ${RUNS} runs of ${RUNS}`, async ({
  startSteno,
  folder,
}) => {
  test.setTimeout(300_000)
  const spoken = { ...CLIP, path: join(folder, 'spoken.wav') }
  // The clip's own silence before its first word is cut away: the first sample is speech.
  const speech = await readPcm(CLIP.path)
  const onset = speech.findIndex((sample) => Math.abs(sample) > 0.05)
  const cut = speech.slice(Math.max(0, onset - 800))
  await writeFile(spoken.path, encodeWav(joined([silence(0.2), cut, silence(1)])))
  const expected = await commandLineText(spoken)
  expect(expected.split(' ').length).toBeGreaterThan(3)

  const microphone = clip(CLIP.file)
  await writeFile(join(folder, 'played.wav'), encodeWav(joined([silence(LEAD_SECONDS), cut, silence(4)])))
  const { app, page } = await startSteno({ clips: [{ ...microphone, path: join(folder, 'played.wav') }] })
  const capture = await pageOf(app, 'capture.html')
  await tellWhenOpened(capture)
  const texts: string[] = []
  for (let run = 0; run < RUNS; run++) {
    await setKeepOpen(page, false)
    await setKeepOpen(page, true)
    const openedAt = await nextOpening(capture)
    // driver.ts puts a second of silence before every clip.
    const pressAt = openedAt + 1000 * (1 + LEAD_SECONDS)
    await sleep(Math.max(0, pressAt - Date.now()))
    await page.evaluate(() => (globalThis as unknown as Door).steno.start())
    await sleep(1000 * (cut.length / 16_000 + RELEASE_SECONDS))
    await stopDictation(page)
    texts.push(await textOf(page))
  }
  expect(texts.map(beginnings)).toEqual(Array(RUNS).fill(beginnings(expected)))
})

/** Chromium’s resampler may cost the model the end of a word; a beginning that was cut off would show here. */
function beginnings(text: string): string[] {
  return text.split(' ').map((word) => word.slice(0, 3))
}

interface Door {
  readonly steno: { start(): Promise<unknown>; setSettings(patch: object): Promise<unknown> }
  openings: number[]
}

function setKeepOpen(page: Page, keepMicrophoneOpen: boolean): Promise<unknown> {
  return page.evaluate(
    (on) => (globalThis as unknown as Door).steno.setSettings({ keepMicrophoneOpen: on }),
    keepMicrophoneOpen,
  )
}

/** Chromium plays the file from its beginning whenever the microphone is opened: notes when that was. */
async function tellWhenOpened(capture: Page): Promise<void> {
  await capture.evaluate(() => {
    const scope = globalThis as unknown as Door & {
      navigator: { mediaDevices: { getUserMedia(wanted: object): Promise<unknown> } }
    }
    const { mediaDevices } = scope.navigator
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    scope.openings = []
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await open(wanted)
      scope.openings.push(Date.now())
      return stream
    }
  })
}

/** Milliseconds since 1970. */
async function nextOpening(capture: Page): Promise<number> {
  const handle = await capture.waitForFunction(() => (globalThis as unknown as Door).openings.shift())
  return Number(await handle.jsonValue())
}
