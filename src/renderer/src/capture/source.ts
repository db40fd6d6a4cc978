/**
 * Keeps one microphone open while it is wanted: the best of the chain, the next one when it goes away.
 *
 * ```
 * closed ──open()──▶ opening ──a device gives sound──▶ open ──lost──▶ opening (the rest of the chain)
 *    ▲                  └──none left: failed──▶ closed   └──improve(): a better one──▶ opening
 *    └──close(), from anywhere
 * ```
 *
 * Each opening is a round of its own; what comes late from an older one is ignored and given back in one place (`#try`).
 */
import type { CaptureEvent, CaptureFault } from '../../../shared/capture.ts'
import type { Pcm } from '../../../shared/audio.ts'
import { settlesWithin, type Clock } from '../../../shared/clock.ts'
import type { DeviceChoice } from '../../../shared/settings.ts'
import type { Tuning } from '../../../shared/tuning.ts'
import { chainOf, choicesOf, realDevice, SYSTEM_CHOICE, systemChoiceKey } from './device-chain.ts'
import { failureOf, worstOf, type Failure } from './faults.ts'
import type { AudioInput, Microphone, Microphones } from './microphones.ts'
import { StallWatch, type StallTuning } from './stall-watch.ts'

export type SourceTuning = StallTuning & Pick<Tuning, 'microphoneOpenMs' | 'deviceSettleMs'>
type Because = Extract<CaptureEvent, { kind: 'switched' }>['because']

export interface SourceEvents {
  frame(pcm: Pcm): void
  opened(): void
  /** Closed: nothing comes until the next `open`. */
  failed(failure: Failure): void
  switched(to: DeviceChoice, because: Because): void
  /** At the beginning and whenever something was plugged in or out. */
  devices(devices: readonly DeviceChoice[]): void
}

/** One opening of one device. */
interface Link {
  readonly id: string
  systemChoice: string
  heard: boolean
  microphone?: Microphone
  device?: DeviceChoice
}

/** Why another microphone is opened than the one before. */
interface Change {
  readonly because: Because
  readonly from: Link
  /** What became of it, when it was lost. */
  readonly failure?: Failure
}

export class Source implements AsyncDisposable {
  readonly #microphones: Microphones
  readonly #clock: Clock
  readonly #tuning: SourceTuning
  readonly #events: SourceEvents
  readonly #stack = new AsyncDisposableStack()
  readonly #stall: StallWatch
  readonly #returning = new Set<Promise<void>>()
  #wanted: readonly DeviceChoice[] = []
  #inputs: readonly AudioInput[] = []
  /** Ids that could not be opened, until something changes. */
  readonly #refused = new Set<string>()
  /** The latest opening; undefined when closed. */
  #round: object | undefined
  #link: Link | undefined

  constructor(microphones: Microphones, clock: Clock, tuning: SourceTuning, events: SourceEvents) {
    this.#microphones = microphones
    this.#clock = clock
    this.#tuning = tuning
    this.#events = events
    this.#stall = new StallWatch(clock, tuning, () => {
      if (this.#link !== undefined) this.#lose(this.#link, 'broken', 'the device gave no sound')
    })
    this.#stack.use(this.#stall)
    this.#stack.use(microphones.onChange(() => void this.#refresh()))
    void this.#refresh()
  }

  get state(): 'closed' | 'opening' | 'open' {
    if (this.#round === undefined) return 'closed'
    return this.#link?.microphone === undefined ? 'opening' : 'open'
  }

  prefer(microphones: readonly DeviceChoice[]): void {
    this.#wanted = microphones
    this.#refused.clear()
  }

  /** Does nothing while it is open or opening. */
  open(): void {
    if (this.#round !== undefined) return
    this.#refused.clear()
    void this.#search(undefined)
  }

  close(): void {
    this.#round = undefined
    this.#giveBack()
  }

  /** Goes over to a better microphone, when there is one now. Interrupts the sound for as long as that takes. */
  improve(): void {
    const link = this.#link
    if (link?.microphone === undefined) return
    const best = this.#chain().find((id) => !this.#refused.has(id))
    const renamed = best === SYSTEM_CHOICE && link.systemChoice !== systemChoiceKey(this.#inputs)
    if (best === undefined || (best === link.id && !renamed)) return
    this.#giveBack()
    void this.#search({ because: best === SYSTEM_CHOICE ? 'default' : 'preferred', from: link })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close()
    await this.#stack.disposeAsync()
    await Promise.all(this.#returning)
  }

  async #refresh(): Promise<void> {
    this.#refused.clear()
    await this.#relist()
    this.#events.devices(choicesOf(this.#inputs))
  }

  async #relist(): Promise<void> {
    // The list is a help and no need: without it there is still the system's choice.
    this.#inputs = await this.#microphones.list().catch(() => [])
  }

  #chain(): readonly string[] {
    return chainOf(this.#wanted, this.#inputs)
  }

  async #search(change: Change | undefined): Promise<void> {
    const round = (this.#round = {})
    const failures = await this.#tryAll(round, change)
    if (this.#round !== round || failures === undefined) return
    this.#round = undefined
    this.#link = undefined
    const first = change?.failure
    const { fault, detail } = worstOf(first === undefined ? failures : [first, ...failures])
    this.#events.failed({ fault: fault === 'denied' ? fault : (first?.fault ?? fault), detail })
  }

  /** Undefined as soon as one is open, else why none could be. */
  async #tryAll(round: object, change: Change | undefined): Promise<readonly Failure[] | undefined> {
    const lost = change?.because === 'lost'
    if (lost || this.#inputs.length === 0) await this.#relist()
    const failures = await this.#tryChain(round, change)
    if (!lost || failures === undefined) return failures
    // The system needs a moment to name another choice when one was pulled out.
    await settlesWithin(this.#clock, this.#tuning.deviceSettleMs, new Promise(() => undefined))
    await this.#relist()
    const later = await this.#tryChain(round, change)
    return later === undefined ? undefined : [...failures, ...later]
  }

  async #tryChain(round: object, change: Change | undefined): Promise<readonly Failure[] | undefined> {
    const failures: Failure[] = []
    for (const id of this.#chain()) {
      if (this.#round !== round) return undefined
      if (id === change?.from.id && !worthAnotherTry(change)) continue
      const failure = await this.#try(id, round, change)
      if (failure === undefined) return undefined
      failures.push(failure)
      this.#refused.add(id)
      if (failure.fault === 'denied') break
    }
    return failures
  }

  async #try(id: string, round: object, change: Change | undefined): Promise<Failure | undefined> {
    const link: Link = { id, systemChoice: systemChoiceKey(this.#inputs), heard: false }
    this.#link = link
    const opening = this.#microphones.open(id === SYSTEM_CHOICE ? undefined : id, {
      frame: (pcm) => {
        if (this.#link !== link) return
        link.heard = true
        this.#stall.alive()
        this.#events.frame(pcm)
      },
      lost: (fault, detail) => {
        this.#lose(link, fault, detail)
      },
    })
    const { microphoneOpenMs } = this.#tuning
    try {
      const inTime = await settlesWithin(this.#clock, microphoneOpenMs, opening)
      if (!inTime) {
        this.#return(opening)
        return { fault: 'broken', detail: `it did not open within ${microphoneOpenMs} ms` }
      }
      const microphone = await opening
      if (this.#round !== round) this.#return(opening)
      else this.#opened(link, microphone, change)
      return undefined
    } catch (error) {
      return failureOf(error)
    }
  }

  #opened(link: Link, microphone: Microphone, change: Change | undefined): void {
    link.microphone = microphone
    link.device = realDevice(this.#inputs, microphone.device)
    this.#stall.start()
    if (link.heard) this.#stall.alive()
    this.#events.opened()
    if (change !== undefined && change.from.device?.id !== link.device.id) {
      this.#events.switched(link.device, change.because)
    }
    // Before the first opening the browser may have hidden the names.
    if (choicesOf(this.#inputs).length === 0) void this.#learnNames(link, microphone)
  }

  async #learnNames(link: Link, microphone: Microphone): Promise<void> {
    await this.#relist()
    link.systemChoice = systemChoiceKey(this.#inputs)
    link.device = realDevice(this.#inputs, microphone.device)
    this.#events.devices(choicesOf(this.#inputs))
  }

  #lose(link: Link, fault: CaptureFault, detail: string): void {
    if (this.#link !== link || link.microphone === undefined) return
    this.#giveBack()
    void this.#search({ because: 'lost', from: link, failure: { fault, detail } })
  }

  #giveBack(): void {
    const microphone = this.#link?.microphone
    this.#link = undefined
    this.#stall.stop()
    if (microphone !== undefined) this.#return(Promise.resolve(microphone))
  }

  /** Gives a device back, now or when it has opened. */
  #return(opening: Promise<Microphone>): void {
    const returned = opening
      .then((microphone) => microphone[Symbol.asyncDispose]())
      .catch(() => undefined)
      .finally(() => this.#returning.delete(returned))
    this.#returning.add(returned)
  }
}

/** Whether a device that was lost may be the next one, too: a broken graph may be built anew, what is unplugged is gone. */
function worthAnotherTry({ from, failure }: Change): boolean {
  if (failure === undefined) return true
  // One that never gave a sample would be opened again and again.
  return from.heard && (failure.fault !== 'lost' || from.id === SYSTEM_CHOICE)
}
