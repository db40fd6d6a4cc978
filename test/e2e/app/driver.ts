/** Drives the app as a person would: a button, a microphone that plays a file, a text to read. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ElectronApplication, Page } from '@playwright/test'
import { encodeWav } from '../../../src/audio/write-wav.ts'
import { samplesOf, type Pcm } from '../../../src/shared/audio.ts'
import { joined, readPcm } from '../../fakes/speech.ts'

/** Silence before the clip, in which the microphone opens, as people take a breath after the key … */
export const LEAD_SECONDS = 1
/** … and behind it, so that the file does not end before the button is pressed. */
const TAIL_SECONDS = 3
/** After the last sample of the clip, for the frames still under way. */
export const RELEASE_SECONDS = 0.5

export function silence(seconds: number): Pcm {
  return new Float32Array(samplesOf(seconds))
}

/** Writes the clips with silence around each into `folder`: what the microphone is to play. */
export async function microphoneFile(
  clips: readonly string[],
  folder: string,
  lead = LEAD_SECONDS,
): Promise<string> {
  const pieces: Pcm[] = []
  for (const clip of clips) pieces.push(silence(lead), await readPcm(clip), silence(TAIL_SECONDS))
  const file = join(folder, 'microphone.wav')
  await writeFile(file, encodeWav(joined(pieces)))
  return file
}

/** Chromium plays the file whenever the microphone is opened: once, or over and over. */
export function microphoneArgs(file: string, loop = false): string[] {
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${file}${loop ? '' : '%noloop'}`,
  ]
}

/** The page of the app with this file name; waits until it is there. */
export async function pageOf(app: ElectronApplication, file: string): Promise<Page> {
  const find = (): Page | undefined =>
    app.windows().find((page) => new URL(page.url()).pathname.endsWith(file))
  for (let found = find(); ; found = find()) {
    if (found !== undefined) return found
    await app.waitForEvent('window')
    // A page that has just come may still be at about:blank.
    await Promise.all(app.windows().map((page) => page.waitForLoadState('domcontentloaded')))
  }
}

/** Presses the button, lets the clip play, presses again, and reads the text when it is final. */
export async function dictate(page: Page, seconds: number): Promise<string> {
  await startDictation(page)
  // The clip plays in real time and nothing says when it has ended.
  await sleep(1000 * (LEAD_SECONDS + seconds + RELEASE_SECONDS))
  await stopDictation(page)
  return await textOf(page)
}

export async function startDictation(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Dictate', exact: true }).click()
  await page.locator('main[data-state=listening]').waitFor()
}

/** Waits for the end, however it comes. */
export async function stopDictation(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.locator('main[data-state=idle]').waitFor()
}

export async function textOf(page: Page): Promise<string> {
  return (await page.getByTestId('text').textContent()) ?? ''
}
