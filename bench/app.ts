/** The app's own stages, on the stand-in for Electron with a microphone that plays a clip. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { buildApp } from '../scripts/build-app.ts'
import { findChromium } from '../scripts/engines.ts'
import type { AppSnapshot } from '../src/shared/dictation.ts'
import type { Settings } from '../src/shared/settings.ts'
import {
  LEAD_SECONDS,
  microphoneArgs,
  microphoneFile,
  pageOf,
  startDictation,
  stopDictation,
} from '../test/e2e/app/driver.ts'
import { speechClips } from '../test/fakes/speech.ts'
import { percentile, spread, type Section } from './figures.ts'

const STARTS = 5
const DICTATIONS = 20
/** Long enough for a whole segment, short enough to wait for. */
const CLIP = 'speechbrain-spk1_snt5.wav'

/** The share of the clip that is spoken before the key is let go: of half of it, a decode is owed at the end. */
const WAYS: readonly {
  readonly when: string
  readonly settings: Partial<Settings>
  readonly share: number
}[] = [
  { when: 'microphone closed while idle', settings: { keepMicrophoneOpen: false }, share: 1 },
  { when: 'microphone kept open', settings: { keepMicrophoneOpen: true }, share: 1 },
  { when: 'let go in the middle of a sentence', settings: { keepMicrophoneOpen: false }, share: 0.5 },
]

const root = resolve(import.meta.dirname, '..')

interface Door {
  readonly steno: { snapshot(): Promise<{ readonly value: AppSnapshot }> }
}

/** Start to ready, key to first sample, release to clipboard; with the microphone closed while idle, and kept open. */
export async function appStages(): Promise<Section | undefined> {
  if (findChromium() === undefined) return undefined
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = join(root, 'test/host/bin')
  await buildApp(root)
  const ready: number[] = []
  for (let start = 0; start < STARTS; start++) {
    const begun = performance.now()
    await withApp({}, async (_app, page) => {
      await page.getByText('Model Basic English').waitFor()
      ready.push(performance.now() - begun)
    })
  }
  const rows: Section['rows'][number][] = [
    { name: 'start to ready to record', value: spread(ready, 'ms'), note: `${STARTS} starts, model loaded` },
  ]
  const figures: Record<string, number> = {
    appReadyMsP50: percentile(ready, 0.5),
    appReadyMsP95: percentile(ready, 0.95),
  }
  for (const { when, settings, share } of WAYS) {
    for (const { stage, count, p50Ms, p95Ms } of await stagesOf(settings, share)) {
      rows.push({
        name: stage,
        value: `${p50Ms.toFixed(1)} ms (p95 ${p95Ms.toFixed(1)} ms)`,
        note: `${count} dictations, ${when}`,
      })
      const name = `app ${stage} ${when}`.replaceAll(/[ ,]+/g, '-')
      figures[`${name}-p50`] = p50Ms
      figures[`${name}-p95`] = p95Ms
    }
  }
  return { title: 'The app, stage by stage (on the stand-in for Electron)', rows, figures }
}

async function stagesOf(settings: Partial<Settings>, share: number): Promise<AppSnapshot['timings']> {
  let timings: AppSnapshot['timings'] = []
  await withApp(settings, async (_app, page, seconds) => {
    await page.getByText('Model Basic English').waitFor()
    for (let turn = 0; turn < DICTATIONS; turn++) {
      await startDictation(page)
      await sleep(1000 * (LEAD_SECONDS + share * seconds))
      await stopDictation(page)
    }
    timings = await page.evaluate(
      async () => (await (globalThis as unknown as Door).steno.snapshot()).value.timings,
    )
  })
  return timings
}

async function withApp(
  settings: Partial<Settings>,
  use: (app: ElectronApplication, page: Page, clipSeconds: number) => Promise<void>,
): Promise<void> {
  const clip = speechClips().find(({ file }) => file === CLIP)
  if (clip === undefined) throw new Error(`there is no clip ${CLIP}`)
  const home = mkdtempSync(join(tmpdir(), 'steno-bench-'))
  const userData = join(home, 'steno')
  mkdirSync(userData)
  writeFileSync(join(userData, 'settings.json'), JSON.stringify({ sounds: false, ...settings }))
  const env = { ...(process.env as Record<string, string>), HOME: home, XDG_CONFIG_HOME: home }
  const microphone = await microphoneFile([clip.path], home)
  const app = await _electron.launch({
    // A kept open microphone plays the file over and over; a closed one begins it anew each time.
    args: [...microphoneArgs(microphone, settings.keepMicrophoneOpen === true), root],
    env,
    chromiumSandbox: process.getuid?.() !== 0,
  })
  try {
    await use(app, await pageOf(app, 'index.html'), clip.seconds)
  } finally {
    await app.close()
    rmSync(home, { recursive: true, force: true })
  }
}
