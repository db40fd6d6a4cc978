/** The shell around the machine: opens utterances, feeds them from capture ports, tells who watches. */
import { StenoError, toWire, type WireError } from '../../shared/errors.ts'
import type { AppSnapshot, DictationId } from '../../shared/dictation.ts'
import type { ModelInfo } from '../../shared/worker-frames.ts'
import type { Utterance } from '../../supervisor/utterance.ts'
import { INITIAL, reduce, type DictationEvent } from './machine.ts'
import { takeSound, type SoundPort } from './sound-intake.ts'

/** What dictation needs of the supervisor. */
export interface Transcription {
  start(): Promise<ModelInfo>
  open(): Utterance
}

interface Dictation {
  readonly utterance: Utterance
  intake: Disposable | undefined
}

export class Dictations implements Disposable {
  readonly #transcription: Transcription
  readonly #running = new Map<DictationId, Dictation>()
  readonly #watchers = new Set<(snapshot: AppSnapshot) => void>()
  #lastId: DictationId = 0
  #snapshot = INITIAL

  constructor(transcription: Transcription) {
    this.#transcription = transcription
  }

  get snapshot(): AppSnapshot {
    return this.#snapshot
  }

  onSnapshot(watcher: (snapshot: AppSnapshot) => void): Disposable {
    this.#watchers.add(watcher)
    return { [Symbol.dispose]: () => void this.#watchers.delete(watcher) }
  }

  /** Loads the model ahead of the first word; a failure is shown, and tried again with the first dictation. */
  async warm(): Promise<void> {
    try {
      this.#happened({ kind: 'modelReady', model: (await this.#transcription.start()).id })
    } catch (error) {
      this.#happened({ kind: 'modelFailed', error: toWire(error) })
    }
  }

  /** Throws when the supervisor may not start a worker. */
  begin(): DictationId {
    const utterance = this.#transcription.open()
    const id = ++this.#lastId
    utterance.onLine((line) => {
      this.#happened({ kind: 'lineSettled', id, text: line.text })
    })
    this.#running.set(id, { utterance, intake: undefined })
    this.#happened({ kind: 'begun', id })
    return id
  }

  /** The sound of a dictation that has begun comes through this port. */
  attach(id: DictationId, port: SoundPort): void {
    const dictation = this.#find(id)
    if (dictation.intake !== undefined) {
      throw new StenoError('ipc-malformed', 'This dictation has its sound already.')
    }
    const { utterance } = dictation
    dictation.intake = takeSound(port, utterance, {
      sound: () => {
        this.#happened({
          kind: 'soundCame',
          id,
          seconds: utterance.seconds,
          lagSeconds: utterance.lagSeconds,
        })
      },
      ended: (fault) => {
        this.#happened({ kind: 'soundEnded', id })
        void this.#finish(id, utterance, fault)
      },
    })
  }

  cancel(id: DictationId): null {
    this.#find(id).utterance.cancel()
    this.#end(id)
    return null
  }

  captureFailed(id: DictationId, message: string): null {
    this.#find(id).utterance.cancel()
    this.#end(id, toWire(new StenoError('capture-failed', message)))
    return null
  }

  [Symbol.dispose](): void {
    for (const { intake } of this.#running.values()) intake?.[Symbol.dispose]()
    this.#running.clear()
    this.#watchers.clear()
  }

  async #finish(id: DictationId, utterance: Utterance, fault: StenoError | undefined): Promise<void> {
    try {
      await utterance.finish()
      this.#end(id, fault === undefined ? undefined : toWire(fault))
    } catch (error) {
      this.#end(id, toWire(error))
    }
  }

  #end(id: DictationId, error?: WireError): void {
    this.#running.get(id)?.intake?.[Symbol.dispose]()
    this.#running.delete(id)
    this.#happened({ kind: 'ended', id, ...(error === undefined ? {} : { error }) })
  }

  #find(id: DictationId): Dictation {
    const dictation = this.#running.get(id)
    if (dictation !== undefined) return dictation
    throw new StenoError('dictation-unknown', `There is no dictation ${id}.`)
  }

  #happened(event: DictationEvent): void {
    const before = this.#snapshot
    this.#snapshot = reduce(before, event)
    if (this.#snapshot === before) return
    for (const watcher of this.#watchers) watcher(this.#snapshot)
  }
}
