/** The app's own stages, on the stand-in for Electron with a microphone that plays a clip. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { AppSnapshot } from '../src/shared/dictation.ts'
import type { Settings } from '../src/shared/settings.ts'
import { LEAD_SECONDS, startDictation, stopDictation } from '../test/e2e/app/driver.ts'
import { prepareApp, withApp } from '../test/e2e/app/with-app.ts'
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

interface Door {
  readonly steno: { snapshot(): Promise<{ readonly value: AppSnapshot }> }
}

/** Start to ready, key to first sample, release to clipboard; with the microphone closed while idle, and kept open. */
export async function appStages(): Promise<Section | undefined> {
  if (!(await prepareApp())) return undefined
  const ready: number[] = []
  for (let start = 0; start < STARTS; start++) {
    const begun = performance.now()
    await withApp(CLIP, {}, async ({ page }) => {
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
  await withApp(CLIP, settings, async ({ page, clip: { seconds } }) => {
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
