/** The app itself under test: started with a WAV file as its microphone, driven by its window. */
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import type { ElectronApplication, Page } from '@playwright/test'
import type { Settings } from '../../../src/shared/settings.ts'
import { speechClips, type Clip } from '../../fakes/speech.ts'
import { test as launching } from '../engine.ts'
import { LEAD_SECONDS, microphoneArgs, microphoneFile, pageOf } from './driver.ts'

export { expect } from '../engine.ts'
export * from './driver.ts'
export * from './processes.ts'

export const ROOT = resolve(import.meta.dirname, '../../..')

/** The starter model reads this one alike before and after Chromium's resampler, which most clips survive, not all. */
export const CLIP = clip('speechbrain-spk1_snt5.wav')

export interface Steno {
  readonly app: ElectronApplication
  /** The window. */
  readonly page: Page
  readonly output: readonly string[]
}

export interface StartOptions {
  /** What the microphone plays when it is opened, with silence around each. */
  readonly clips?: readonly Clip[]
  /** Of silence before each clip. */
  readonly leadSeconds?: number
  /** Plays over and over. */
  readonly loop?: boolean
  readonly settings?: Partial<Settings>
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

interface StenoFixtures {
  /** Starts the app and waits until its model is loaded. */
  readonly startSteno: (options?: StartOptions) => Promise<Steno>
  /** The user's folder of the app, before it was ever started. */
  readonly userData: string
}

/** Quiet, and with the recogniser's own text, so that a test hears only what it is about. */
const SETTINGS: Partial<Settings> = { sounds: false, whenClosed: 'tray', editText: false }

export const test = launching.extend<StenoFixtures>({
  userData: async ({ folder }, use) => {
    await use(join(folder, 'config', 'steno'))
  },
  startSteno: async ({ launch, folder, userData }, use) => {
    await use(
      async ({
        clips = [CLIP],
        leadSeconds = LEAD_SECONDS,
        loop = false,
        settings = {},
        args = [],
        env = {},
      } = {}) => {
        mkdirSync(userData, { recursive: true })
        writeFileSync(join(userData, 'settings.json'), JSON.stringify({ ...SETTINGS, ...settings }))
        const microphone = await microphoneFile(
          clips.map(({ path }) => path),
          folder,
          leadSeconds,
        )
        const { app, output } = await launch(ROOT, [...microphoneArgs(microphone, loop), ...args], env)
        const page = await pageOf(app, 'index.html')
        await page.locator('main[data-state]').waitFor()
        await modelLoaded(page)
        return { app, page, output }
      },
    )
  },
})

/** The window says by which model it reads once that is loaded. */
async function modelLoaded(page: Page): Promise<void> {
  await page.getByText('Model Basic English').waitFor()
}

export function clip(name: string): Clip {
  const found = speechClips().find(({ file }) => file === name)
  if (found === undefined) throw new Error(`there is no clip ${name}`)
  return found
}

/** What the command line reads in the same file. */
export async function commandLineText({ path }: Clip, ...options: readonly string[]): Promise<string> {
  const command = [join(ROOT, 'src/cli/transcribe.ts'), ...options, path]
  const { stdout } = await promisify(execFile)(process.execPath, command)
  return stdout.trim()
}

/** What is on the clipboard. */
export async function clipboardText(app: ElectronApplication): Promise<string> {
  return await app.evaluate(({ clipboard }) => clipboard.readText())
}
