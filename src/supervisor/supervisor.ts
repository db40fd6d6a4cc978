/**
 * PCM in, text out, whatever becomes of the worker. Utterances are decoded one at a time in the order they were
 * opened; audio is kept until its text is settled and is sent again when the worker is replaced.
 */
import { isDeepStrictEqual } from 'node:util'
import { runActs } from '../shared/acts.ts'
import { samplesOf, secondsOf } from '../shared/audio.ts'
import { fromWire, StenoError, textOf } from '../shared/errors.ts'
import type { ModelInfo, ModelRequest } from '../shared/worker-frames.ts'
import type { ProcessHost, SessionFrame } from './process-host.ts'
import { TrackedUtterance, type Utterance } from './utterance.ts'
import { WorkerKeeper, type Health, type KeeperOptions, type Worker } from './worker-keeper.ts'

export interface OpenOptions {
  readonly live?: boolean
  readonly model?: ModelRequest | undefined
}

export class Supervisor implements AsyncDisposable {
  readonly #options: KeeperOptions
  readonly #keeper: WorkerKeeper
  readonly #queue: TrackedUtterance[] = []
  #nextId = 1
  #disposal: Promise<void> | undefined
  #lastHost: ProcessHost | undefined

  constructor(options: KeeperOptions) {
    this.#options = options
    const fellBack = (reason: StenoError, failed: ModelRequest): void => {
      // Asked for again by those who wait, it would fail again.
      for (const one of this.#queue) if (isDeepStrictEqual(one.request, failed)) one.request = undefined
      options.fellBack?.(reason, failed)
    }
    this.#keeper = new WorkerKeeper(
      { ...options, fellBack },
      {
        ready: () => {
          this.#pump()
        },
        session: (frame) => {
          this.#receive(frame)
        },
        lost: (reason) => {
          this.#lost(reason)
        },
        gaveUp: (reason) => {
          this.#rejectAll(reason)
        },
        wanted: () => this.#queue.length > 0,
      },
    )
  }

  /** Loads the model ahead of the first utterance. Rejects with the reason when that fails. */
  start(signal?: AbortSignal): Promise<ModelInfo> {
    return this.#keeper.start(signal)
  }

  /**
   * Opens an utterance; the worker is started when it does not run. Throws after `circuit-open` and disposal.
   * @param live somebody watches the text grow and waits for its end.
   * @param model what is to decode it, and whatever is opened after it, as `use` would; else what is in use then.
   */
  open({ live = false, model }: OpenOptions = {}): Utterance {
    if (model !== undefined && this.#queue.length === 0) this.#keeper.use(model)
    this.#keeper.demand()
    const utterance = new TrackedUtterance(this.#nextId++, live, {
      tuning: this.#options.tuning,
      changed: () => {
        this.#pump()
      },
      cancelled: () => {
        this.#cancelled(utterance)
      },
      listenerFailed: (error) => {
        this.#options.log('error', `a listener of utterance ${utterance.id} failed: ${textOf(error)}`)
      },
    })
    utterance.request = model
    this.#queue.push(utterance)
    return utterance
  }

  /**
   * Another model, or the same with other wishes, from the next utterance on; the one in work is finished by the model
   * it was begun with. A model that cannot be loaded gives way to the last one that could (`fellBack`).
   */
  use(model: ModelRequest): void {
    this.#keeper.use(model)
  }

  /** Closes the circuit again, when the user has read why it opened. */
  reset(): void {
    this.#keeper.reset()
  }

  /** Gives the model's memory back, by ending its process, as soon as nothing is to be decoded. */
  unload(): void {
    this.#keeper.unload()
  }

  get health(): Health {
    return this.#keeper.health
  }

  /** RealtimeSTT's five acts in order. Safe at any time and twice; after a failed act, again finishes the job. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#disposal ??= this.#shutdown().catch((error: unknown) => {
      this.#disposal = undefined
      throw error
    })
    return this.#disposal
  }

  #shutdown(): Promise<void> {
    const { clock, log, records } = this.#options
    let stopped: Promise<void> | undefined
    return runActs(
      [
        {
          name: 'stop taking audio',
          run: () => {
            this.#lastHost ??= this.#keeper.close()
            this.#rejectAll(
              new StenoError('disposed', 'Transcription was shut down before this was decoded.'),
            )
          },
        },
        { name: 'close the message channels', run: () => void (stopped = this.#lastHost?.stop()) },
        { name: 'release the model', run: () => stopped },
        { name: 'delete temporary files', run: () => records?.[Symbol.dispose]() },
        { name: 'end every child', run: () => this.#lastHost?.assertGone() },
      ],
      clock,
      log,
    )
  }

  /** Sends the first utterance as far as the worker's credit goes. */
  #pump(): void {
    const worker = this.#keeper.worker
    if (worker === undefined) return
    const { host, model } = worker
    const head = this.#queue[0]
    if (head === undefined) {
      this.#keeper.rest()
      return
    }
    if (head.openedIn !== host.generation) {
      if (head.request !== undefined) this.#keeper.use(head.request)
      if (this.#keeper.renew()) return
    }
    this.#keeper.busy()
    if (head.openedIn !== host.generation) this.#open(worker, head)
    this.#send(host, head)
    this.#watch(host, head, model)
  }

  #open({ host, model }: Worker, head: TrackedUtterance): void {
    const { generation } = host
    head.openedIn = generation
    head.model = model
    host.post({ kind: 'open', generation, session: head.id, from: head.audio.from, live: head.live })
  }

  #send(host: ProcessHost, head: TrackedUtterance): void {
    const { generation } = host
    const { tuning } = this.#options
    if (head.ending && !head.endingSent) {
      head.endingSent = true
      host.post({ kind: 'ending', generation, session: head.id })
    }
    const credit = head.ingested + samplesOf(tuning.creditSeconds)
    while (head.sent < head.audio.end && head.sent < credit) {
      const pcm = head.audio.read(head.sent, Math.min(samplesOf(tuning.frameSeconds), credit - head.sent))
      host.post({ kind: 'audio', generation, session: head.id, pcm })
      head.sent += pcm.length
    }
    if (head.complete && head.sent === head.audio.end && !head.finishSent) {
      head.finishSent = true
      host.post({ kind: 'finish', generation, session: head.id })
    }
  }

  #watch(host: ProcessHost, head: TrackedUtterance, { maxSeconds, leastSeconds = 0 }: ModelInfo): void {
    if (head.sent === head.ingested && !head.finishSent) {
      host.owesNothing()
      return
    }
    const { answerFloorMs, answerPerAudio } = this.#options.tuning
    // One native call decodes at most one segment: what is not settled, and never more than the model can take.
    const unsettled = Math.min(secondsOf(head.sent - head.audio.from), maxSeconds)
    const seconds = Math.max(unsettled, leastSeconds)
    host.owes(`decoding utterance ${head.id}`, Math.max(answerFloorMs, answerPerAudio * seconds * 1000))
  }

  #receive(frame: SessionFrame): void {
    const head = this.#queue[0]
    // An utterance that was cancelled meanwhile is a stranger.
    if (head?.id !== frame.session) return
    switch (frame.kind) {
      case 'ingested':
        head.tookIn(frame.samples)
        break
      case 'partial':
        head.preview(frame.partial)
        return
      case 'settled':
        this.#keeper.succeeded()
        head.settle(frame.samples, frame.line)
        break
      case 'final':
        this.#keeper.succeeded()
        this.#queue.shift()
        if (frame.samples === head.audio.end) head.resolve()
        else head.reject(unaccounted(head.audio.end, frame.samples))
        break
      case 'failed':
        this.#queue.shift()
        head.reject(fromWire(frame.error))
        break
    }
    this.#pump()
  }

  /** A generation is gone: its work is to be sent again, unless it seems to be what ended it. */
  #lost(reason: StenoError): void {
    const head = this.#queue[0]
    if (head?.openedIn !== this.#keeper.health.generation) return
    head.rewind()
    if (head.kills < this.#options.tuning.utteranceMayKill) return
    this.#queue.shift()
    head.reject(
      new StenoError('utterance-set-aside', `This recording stopped the transcription ${head.kills} times.`, {
        hint: 'It is set aside with its audio; try it with another model.',
        cause: reason,
      }),
    )
  }

  #cancelled(utterance: TrackedUtterance): void {
    const index = this.#queue.indexOf(utterance)
    if (index >= 0) this.#queue.splice(index, 1)
    const host = this.#keeper.worker?.host
    if (host?.generation === utterance.openedIn) {
      host.post({ kind: 'cancel', generation: host.generation, session: utterance.id })
    }
    this.#pump()
  }

  #rejectAll(reason: StenoError): void {
    for (const utterance of this.#queue.splice(0)) utterance.reject(reason)
  }
}

function unaccounted(written: number, decoded: number): StenoError {
  return new StenoError('internal', `Of ${written} samples the worker accounted for ${decoded}.`, {
    hint: 'The audio is kept; please report this.',
  })
}
