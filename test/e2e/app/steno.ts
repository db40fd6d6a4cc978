/** The app itself under test: started with a WAV file as its microphone, driven by its window. */
import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import type { ElectronApplication, Page } from '@playwright/test'
import { speechClips, type Clip } from '../../fakes/speech.ts'
import { test as launching } from '../engine.ts'
import { microphoneArgs, microphoneFile } from './driver.ts'

export { expect } from '../engine.ts'
export { dictate, startDictation } from './driver.ts'

export const ROOT = resolve(import.meta.dirname, '../../..')

/** The starter model reads this one alike before and after Chromium's resampler, which most clips survive, not all. */
export const CLIP = clip('speechbrain-spk1_snt5.wav')

interface Steno {
  readonly app: ElectronApplication
  readonly page: Page
}

interface StenoFixtures {
  /** Starts the app; `microphone` is the file that plays when the microphone is opened. */
  readonly startSteno: (microphone?: Clip) => Promise<Steno>
}

export const test = launching.extend<StenoFixtures>({
  startSteno: async ({ launch, folder }, use) => {
    await use(async (microphone = CLIP) => {
      const { app } = await launch(ROOT, microphoneArgs(await microphoneFile(microphone.path, folder)))
      const page = await app.firstWindow()
      await page.getByText('Model starter-en').waitFor()
      return { app, page }
    })
  },
})

export function clip(name: string): Clip {
  const found = speechClips().find(({ file }) => file === name)
  if (found === undefined) throw new Error(`there is no clip ${name}`)
  return found
}

/** What the command line reads in the same file. */
export async function commandLineText({ path }: Clip): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(ROOT, 'src/cli/transcribe.ts'), path])
  return stdout.trim()
}

/** All processes below `pid`, itself included; Linux. */
export function family(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined
    if (stat !== undefined && stat.state !== 'Z') parents.set(Number(name), stat.parent)
  }
  const found = [pid]
  for (const member of found) {
    for (const [child, parent] of parents) if (parent === member) found.push(child)
  }
  return found.filter((member) => parents.has(member))
}

/** Those of the processes that still run. */
export function stillRunning(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    const stat = existsSync(`/proc/${pid}`) ? statOf(pid) : undefined
    return stat !== undefined && stat.state !== 'Z'
  })
}

/** Those of the processes whose command line holds `part`. */
export function membersWith(pids: readonly number[], part: string): number[] {
  return pids.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(part))
}

function statOf(pid: number): { readonly state: string; readonly parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state, parent: Number(parent) }
  } catch {
    return undefined
  }
}
