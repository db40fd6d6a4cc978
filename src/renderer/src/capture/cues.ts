/** Short soft tones that say what has begun or ended, for those who do not look. No files: sine waves. */
import type { Cue } from '../../../shared/capture.ts'
import type { Clock } from '../../../shared/clock.ts'

/** A tone of a cue: pitch, and when it sounds, in seconds from the cue's beginning. */
interface Tone {
  readonly hertz: number
  readonly at: number
  readonly seconds: number
}

const E5 = 659.26
const A5 = 880
const A4 = 440
const D4 = 293.66

/** Up is on, down is off, one low tone is let go, two are a failure. */
const CUES: Readonly<Record<Cue, readonly Tone[]>> = {
  start: [
    { hertz: E5, at: 0, seconds: 0.07 },
    { hertz: A5, at: 0.06, seconds: 0.1 },
  ],
  stop: [
    { hertz: A5, at: 0, seconds: 0.07 },
    { hertz: E5, at: 0.06, seconds: 0.1 },
  ],
  cancel: [{ hertz: A4, at: 0, seconds: 0.14 }],
  failed: [
    { hertz: A4, at: 0, seconds: 0.12 },
    { hertz: D4, at: 0.13, seconds: 0.2 },
  ],
}

/** Quiet enough to be heard beside a voice and not to be recorded by the microphone as one. */
const LOUDNESS = 0.08
/** A tone that begins or ends at once clicks. */
const RAMP_SECONDS = 0.012
/** A device that has to wake up plays late; without any the context's own time stands still. */
const LATE_MS = 2_000

export class Cues implements Disposable {
  readonly #clock: Clock
  readonly #playing = new Set<Disposable>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Never throws: a machine without loudspeakers dictates as well. */
  readonly play = (cue: Cue): void => {
    const stack = new DisposableStack()
    this.#playing.add(stack)
    stack.defer(() => this.#playing.delete(stack))
    try {
      this.#play(CUES[cue], stack)
    } catch {
      // The screen says the same.
      stack.dispose()
    }
  };

  [Symbol.dispose](): void {
    for (const playing of [...this.#playing]) playing[Symbol.dispose]()
  }

  #play(tones: readonly Tone[], stack: DisposableStack): void {
    const context = new AudioContext()
    // Closed when silent: an open one keeps the system's output device awake.
    stack.defer(() => void context.close().catch(() => undefined))
    context.resume().catch(() => undefined)
    const lastEnd = Math.max(...tones.map(({ at, seconds }) => at + seconds))
    for (const tone of tones) {
      const oscillator = sound(context, tone)
      if (tone.at + tone.seconds < lastEnd) continue
      oscillator.onended = () => {
        stack.dispose()
      }
    }
    stack.use(
      this.#clock.after(1_000 * lastEnd + LATE_MS, () => {
        stack.dispose()
      }),
    )
  }
}

function sound(context: AudioContext, { hertz, at, seconds }: Tone): OscillatorNode {
  const begin = context.currentTime + at
  const end = begin + seconds
  const oscillator = new OscillatorNode(context, { type: 'sine', frequency: hertz })
  const gain = new GainNode(context, { gain: 0 })
  gain.gain.setValueAtTime(0, begin)
  gain.gain.linearRampToValueAtTime(LOUDNESS, begin + RAMP_SECONDS)
  gain.gain.setValueAtTime(LOUDNESS, end - RAMP_SECONDS)
  gain.gain.linearRampToValueAtTime(0, end)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(begin)
  oscillator.stop(end)
  return oscillator
}
