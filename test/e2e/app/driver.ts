/** Drives the window of the app as a person would: a button, a microphone that plays a file, a text to read. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'

/** After the last sample of the clip, for the frames still under way. */
const TAIL_SECONDS = 0.4

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
  await sleep(1000 * (seconds + TAIL_SECONDS))
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.locator('main[data-state=idle]').waitFor()
  return (await page.getByTestId('text').textContent()) ?? ''
}

export async function startDictation(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Dictate' }).click()
  await page.locator('main[data-state=listening]').waitFor()
}
