import type {
  AudioInput,
  Microphone,
  MicrophoneEvents,
  Microphones,
} from '../../src/renderer/src/capture/microphones.ts'
import { FRAME_SAMPLES, type Pcm } from '../../src/shared/audio.ts'

interface Opened {
  readonly input: AudioInput
  readonly events: MicrophoneEvents
}

/** Microphones that are plugged in and out by a test, and give the frames it says. */
export class FakeMicrophones implements Microphones {
  /** Errors of `open` by id. */
  readonly faults = new Map<string, Error>()
  /** While true, `open` neither resolves nor rejects. */
  hung = false
  /** Of all openings so far, by id. */
  readonly openings: string[] = []
  #plugged: readonly string[]
  #system: string
  readonly #open = new Set<Opened>()
  readonly #listeners = new Set<() => void>()
  #waiting: (() => void)[] = []

  /** @param plugged ids; the first is the system's choice. */
  constructor(...plugged: readonly string[]) {
    this.#plugged = plugged
    this.#system = plugged[0] ?? ''
  }

  /** Ids of the devices that are open now. */
  get inUse(): readonly string[] {
    return [...this.#open].map(({ input }) => input.id)
  }

  get listeners(): number {
    return this.#listeners.size
  }

  list(): Promise<readonly AudioInput[]> {
    const inputs = this.#plugged.map((id) => ({ id, label: `label of ${id}`, group: id }))
    const system = inputs.find(({ id }) => id === this.#system)
    return Promise.resolve(
      system === undefined ? inputs : [{ id: 'default', label: 'Default', group: system.group }, ...inputs],
    )
  }

  async open(id: string | undefined, events: MicrophoneEvents): Promise<Microphone> {
    this.openings.push(id ?? 'default')
    if (this.hung) await new Promise<void>((go) => this.#waiting.push(go))
    const fault = this.faults.get(id ?? 'default')
    if (fault !== undefined) throw fault
    const real = id ?? this.#system
    if (!this.#plugged.includes(real))
      throw named(id === undefined ? 'NotFoundError' : 'OverconstrainedError')
    const opened = { input: { id: real, label: `label of ${real}`, group: real }, events }
    this.#open.add(opened)
    return {
      device: { id: id ?? 'default', label: `label of ${real}` },
      [Symbol.asyncDispose]: () => {
        this.#open.delete(opened)
        return Promise.resolve()
      },
    }
  }

  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener)
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) }
  }

  /** Every open device gives these frames. */
  give(...frames: readonly Pcm[]): void {
    for (const frame of frames) for (const { events } of [...this.#open]) events.frame(frame)
  }

  unhang(): void {
    this.hung = false
    for (const go of this.#waiting.splice(0)) go()
  }

  plug(id: string): void {
    this.#plugged = [...this.#plugged, id]
    this.#changed()
  }

  /** @param next what the system chooses if it was the system's choice. */
  unplug(id: string, next = ''): void {
    this.#plugged = this.#plugged.filter((plugged) => plugged !== id)
    if (this.#system === id) this.#system = next
    for (const { input, events } of [...this.#open]) if (input.id === id) events.lost('lost', 'unplugged')
    this.#changed()
  }

  chooseSystem(id: string): void {
    this.#system = id
    this.#changed()
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** A frame whose every sample is `value`. */
export function frameOf(value: number): Pcm {
  return new Float32Array(FRAME_SAMPLES).fill(value)
}

export function named(name: string): Error {
  const error = new Error(`${name} of the test`)
  error.name = name
  return error
}
