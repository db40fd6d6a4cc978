/** Drives the window of the app as a person would: a button, a microphone that plays a file, a text to read. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { encodeWav } from '../../../src/audio/write-wav.ts'
import { samplesOf } from '../../../src/shared/audio.ts'
import { joined, readPcm } from '../../fakes/speech.ts'

/** Silence before the clip, in which the microphone opens, as people take a breath after the key … */
const LEAD_SECONDS = 1
/** … and behind it, so that the file does not end before the button is pressed. */
const TAIL_SECONDS = 3
/** After the last sample of the clip, for the frames still under way. */
const RELEASE_SECONDS = 0.5

/** Writes the clip with silence around it into `folder`: what the microphone is to play. */
export async function microphoneFile(clip: string, folder: string): Promise<string> {
  const silence = (seconds: number): Float32Array => new Float32Array(samplesOf(seconds))
  const file = join(folder, 'microphone.wav')
  await writeFile(
    file,
    encodeWav(joined([silence(LEAD_SECONDS), await readPcm(clip), silence(TAIL_SECONDS)])),
  )
  return file
}

/** Chromium plays the file whenever the microphone is opened, once. */
export function microphoneArgs(file: string): string[] {
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${file}%noloop`,
  ]
}

/** Presses the button, lets the clip play, presses again, and reads the text when it is final. */
export async function dictate(page: Page, seconds: number): Promise<string> {
  await startDictation(page)
  // The clip plays in real time and nothing says when it has ended.
  await sleep(1000 * (LEAD_SECONDS + seconds + RELEASE_SECONDS))
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.locator('main[data-state=idle]').waitFor()
  return (await page.getByTestId('text').textContent()) ?? ''
}

export async function startDictation(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Dictate' }).click()
  await page.locator('main[data-state=listening]').waitFor()
}
