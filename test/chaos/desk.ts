/**
 * Main without its pages and without Electron: custody, dictations and the supervisor with its real worker, joined as
 * main/steno.ts joins them. Clips are spoken into it as the page that owns the microphone would.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { composeSupervisor } from '../../src/cli/compose.ts'
import { STARTER_MODEL } from '../../src/cli/resources.ts'
import { FileCustody } from '../../src/main/custody/file-custody.ts'
import { Dictations } from '../../src/main/dictation/dictations.ts'
import { systemClock } from '../../src/process/system-clock.ts'
import { FRAME_SAMPLES, secondsOf, type Pcm } from '../../src/shared/audio.ts'
import type { DictationId, DictationState } from '../../src/shared/dictation.ts'
import { silentLog } from '../../src/shared/log.ts'
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts'
import { TUNING, type Tuning } from '../../src/shared/tuning.ts'
import type { Supervisor } from '../../src/supervisor/supervisor.ts'
import { FakePort } from '../fakes/fake-port.ts'

/** Speech that may wait for the worker: nobody speaks faster than time. */
const LAG_SECONDS = 20

export interface SpeakOptions {
  /** Times as fast as a person; Infinity as fast as it is taken. */
  readonly speed: number
  /** The page has handed over so many samples. */
  readonly heard?: (id: DictationId, samples: number) => void
}

export class ChaosDesk implements AsyncDisposable {
  readonly told: string[] = []
  readonly delivered: string[] = []
  readonly supervisor: Supervisor
  readonly custody: FileCustody
  readonly dictations: Dictations
  readonly #stops = new Set<DictationId>()
  #state: DictationState = { kind: 'idle' }
  #lagSeconds = 0

  constructor(folder: string, tuning: Partial<Tuning> = {}) {
    const all = { ...TUNING, ...tuning }
    const tell = (_level: string, text: string): void => void this.told.push(text)
    this.supervisor = composeSupervisor({ modelFolder: STARTER_MODEL, log: silentLog, live: true, tuning })
    this.custody = new FileCustody({
      folder,
      tell,
      withdraw: () => undefined,
      log: silentLog,
      clock: systemClock,
      tuning: all,
      now: Date.now,
      limits: () => DEFAULT_SETTINGS,
      changed: () => undefined,
    })
    this.dictations = new Dictations({
      capture: {
        start: () => undefined,
        stop: (id) => void this.#stops.add(id),
        play: () => undefined,
      },
      transcription: this.supervisor,
      custody: this.custody,
      output: {
        deliver: (text) => {
          this.delivered.push(text)
          return Promise.resolve()
        },
      },
      clock: systemClock,
      tuning: all,
      log: silentLog,
      settings: () => DEFAULT_SETTINGS,
      now: Date.now,
      tell,
      modelName: (id) => id,
      publish: ({ dictation, meter }) => {
        this.#state = dictation ?? this.#state
        this.#lagSeconds = meter?.lagSeconds ?? this.#lagSeconds
      },
    })
  }

  /** One dictation from key to text. Ends early when Steno ends it. */
  async dictate(pcm: Pcm, { speed, heard }: SpeakOptions): Promise<DictationId> {
    const id = this.dictations.start('held')
    const port = new FakePort()
    this.dictations.attach(id, port)
    const begun = performance.now()
    let at = 0
    for (; at < pcm.length && !this.#stops.has(id); at += FRAME_SAMPLES) {
      port.say({ kind: 'pcm', from: at, pcm: pcm.slice(at, at + FRAME_SAMPLES) })
      heard?.(id, Math.min(pcm.length, at + FRAME_SAMPLES))
      const early = begun + (1000 * secondsOf(at)) / speed - performance.now()
      if (early > 1) await sleep(early)
      else if (at % (64 * FRAME_SAMPLES) === 0) await this.#breathe()
    }
    this.dictations.stop()
    port.say({ kind: 'end', samples: Math.min(pcm.length, at) })
    this.#stops.delete(id)
    while (this.#state.kind !== 'idle') await sleep(1)
    return id
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.dictations[Symbol.dispose]()
    await this.supervisor[Symbol.asyncDispose]()
    this.custody[Symbol.dispose]()
  }

  /** A page is heard in turns; the worker is not left behind by hours. */
  async #breathe(): Promise<void> {
    await new Promise(setImmediate)
    while (this.#lagSeconds > LAG_SECONDS) await sleep(2)
  }
}
