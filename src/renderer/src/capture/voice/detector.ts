/**
 * Frames → speech begins, speech ends: Silero v6 and the state machine of vad-web. Without the browser: the model's
 * runtime comes in from outside (docs/decisions/0010-voice-detection-in-the-renderer.md has the figures).
 */
import { FrameProcessor } from '@ricky0123/vad-web/dist/frame-processor.js'
import { Message } from '@ricky0123/vad-web/dist/messages.js'
import { FRAME_SAMPLES, secondsOf, type Pcm } from '../../../../shared/audio.ts'
import type { Tuning } from '../../../../shared/tuning.ts'

export type VoiceTuning = Pick<Tuning, 'voiceBeginsMs' | 'voiceEndsMs'>

/** What is used of vad-web's model: it keeps Silero's state and the 64 samples of context before each frame. */
export interface SpeechModel {
  /** @returns the probability of speech, 0 to 1, in a frame of FRAME_SAMPLES. */
  process(frame: Pcm): Promise<{ readonly isSpeech: number; readonly notSpeech: number }>
  reset_state(): void
}

/** Silero's own thresholds: speech begins at 0.5 and ends 0.15 below. */
const SPEECH_BEGINS = 0.5
const SPEECH_ENDS = 0.35
/** Stands for each frame in the state machine, which keeps all frames of a speech in order to hand them out. */
const NO_SOUND = new Float32Array(0)

export class VoiceDetector {
  readonly #machine: FrameProcessor
  readonly #changed: (speaking: boolean) => void
  #frame: Pcm = NO_SOUND

  constructor(model: SpeechModel, tuning: VoiceTuning, changed: (speaking: boolean) => void) {
    this.#changed = changed
    this.#machine = new FrameProcessor(
      () => model.process(this.#frame),
      () => {
        model.reset_state()
      },
      {
        positiveSpeechThreshold: SPEECH_BEGINS,
        negativeSpeechThreshold: SPEECH_ENDS,
        minSpeechMs: tuning.voiceBeginsMs,
        redemptionMs: tuning.voiceEndsMs,
        preSpeechPadMs: 0,
        submitUserSpeechOnPause: false,
      },
      1_000 * secondsOf(FRAME_SAMPLES),
    )
    this.#machine.resume()
  }

  /** One frame after the other: the model has a memory. Frames of another length, as at an unplug, are left out. */
  async hear(frame: Pcm): Promise<void> {
    if (frame.length !== FRAME_SAMPLES) return
    this.#frame = frame
    await this.#machine.process(NO_SOUND, ({ msg }) => {
      if (msg === Message.SpeechRealStart) this.#changed(true)
      else if (msg === Message.SpeechEnd) this.#changed(false)
    })
  }

  reset(): void {
    this.#machine.reset()
  }
}
