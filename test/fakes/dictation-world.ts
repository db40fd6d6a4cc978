/** A desk to dictate at: real custody in a folder of its own, the real supervisor over memory, a page that is the test. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileCustody } from '../../src/main/custody/file-custody.ts'
import { Dictations } from '../../src/main/dictation/dictations.ts'
import type { Tell } from '../../src/main/notices.ts'
import type { Capture } from '../../src/main/dictation/ports.ts'
import type { AppSnapshot, DictationId } from '../../src/shared/dictation.ts'
import { silentLog } from '../../src/shared/log.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../src/shared/settings.ts'
import { TUNING } from '../../src/shared/tuning.ts'
import { Supervisor } from '../../src/supervisor/supervisor.ts'
import type { Engine } from '../../src/worker/serve.ts'
import { FakeClock, settle } from './fake-clock.ts'
import { countingEngine, countingPcm, UNIT16 } from './fake-engine.ts'
import { FakePort } from './fake-port.ts'
import { MemoryAdapter } from './memory-process.ts'

export class Desk implements AsyncDisposable {
  readonly clock = new FakeClock()
  readonly folder = mkdtempSync(join(tmpdir(), 'steno-desk-'))
  /** What the page was told to do. */
  readonly commands: string[] = []
  readonly clipboard: string[] = []
  readonly told: string[] = []
  readonly states: string[] = []
  readonly adapter: MemoryAdapter
  readonly supervisor: Supervisor
  readonly custody: FileCustody
  dictations: Dictations
  readonly #tell: Tell
  settings: Settings = { ...DEFAULT_SETTINGS, sounds: false }
  snapshot: Partial<AppSnapshot> = {}
  /** Set to make the clipboard refuse. */
  clipboardFault: Error | undefined

  constructor(engine: () => Engine = () => countingEngine({}, UNIT16)) {
    this.adapter = new MemoryAdapter(() => Promise.resolve(engine()))
    const { clock } = this
    const tell = (_level: string, text: string): void => void this.told.push(text)
    this.supervisor = new Supervisor({
      adapter: this.adapter,
      clock,
      log: silentLog,
      model: { folder: '', vad: '', threads: 1 },
      tuning: TUNING,
    })
    this.custody = this.#openCustody(tell)
    this.#tell = tell
    this.dictations = this.#createDictations()
  }

  /** Steno ends and starts again, on the same list. */
  restart(): void {
    this.dictations[Symbol.dispose]()
    this.dictations = this.#createDictations()
  }

  /** The page opens the port of a dictation and sends samples `from` … `to` of the counting speech. */
  speak(id: DictationId, from: number, to: number, port = new FakePort()): FakePort {
    if (port.listenerCount('message') === 0) this.dictations.attach(id, port)
    port.say({ kind: 'pcm', from, pcm: countingPcm(from, to, UNIT16) })
    return port
  }

  /** Key, speech of so many samples, release, end of the sound. */
  async dictate(samples: number): Promise<DictationId> {
    const id = this.dictations.start('held')
    const port = this.speak(id, 0, samples)
    this.dictations.stop()
    port.say({ kind: 'end', samples })
    await settle()
    await settle()
    return id
  }

  /** What the next start would find unfinished. */
  leftOvers(): readonly DictationId[] {
    using next = this.#openCustody(() => undefined)
    return next.leftOvers
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.dictations[Symbol.dispose]()
    await this.supervisor[Symbol.asyncDispose]()
    this.custody[Symbol.dispose]()
    rmSync(this.folder, { recursive: true, force: true })
  }

  #openCustody(tell: Tell): FileCustody {
    return new FileCustody({
      folder: this.folder,
      tell,
      withdraw: (text) => {
        this.told.push(`no longer: ${text}`)
      },
      log: silentLog,
      clock: this.clock,
      tuning: TUNING,
      now: () => this.#now(),
      limits: () => this.settings,
      changed: () => undefined,
    })
  }

  #createDictations(): Dictations {
    const capture: Capture = {
      start: (id) => void this.commands.push(`start ${id}`),
      stop: (id) => void this.commands.push(`stop ${id}`),
      play: (cue) => void this.commands.push(`play ${cue}`),
    }
    return new Dictations({
      capture,
      transcription: this.supervisor,
      custody: this.custody,
      output: {
        deliver: (text) => {
          if (this.clipboardFault !== undefined) return Promise.reject(this.clipboardFault)
          this.clipboard.push(text)
          return Promise.resolve()
        },
      },
      clock: this.clock,
      tuning: TUNING,
      log: silentLog,
      settings: () => this.settings,
      now: () => this.#now(),
      tell: this.#tell,
      modelName: (id) => id,
      publish: (slices) => {
        this.snapshot = { ...this.snapshot, ...slices }
        const kind = slices.dictation?.kind
        if (kind !== undefined && kind !== this.states.at(-1)) this.states.push(kind)
      },
    })
  }

  #now(): number {
    return 1_750_000_000_000 + this.clock.now()
  }
}
