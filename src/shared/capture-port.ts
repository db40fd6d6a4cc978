/**
 * The sound of one dictation, window → main, over a port of its own. `from` counts samples since its beginning: a gap
 * or an overlap is noticed, never glossed over.
 */
import type { Pcm } from './audio.ts'
import { StenoError } from './errors.ts'

/** Longest frame main takes: a page that sends more is not our capture code. */
const FRAME_SAMPLES_AT_MOST = 160_000

export type CaptureFrame =
  | { readonly kind: 'pcm'; readonly from: number; readonly pcm: Pcm }
  /** Nothing more comes; `samples` is the count of all that did. */
  | { readonly kind: 'end'; readonly samples: number }

/** The other way: what main refused of what the page sent. */
export interface CaptureRefusal {
  readonly kind: 'refused'
  readonly message: string
}

/** Anything → a frame. Throws `capture-malformed`: the renderer is where a hostile page would sit. */
export function parseCaptureFrame(message: unknown): CaptureFrame {
  if (typeof message !== 'object' || message === null) throw malformed('it is no object')
  const { kind, from, pcm, samples } = message as Readonly<Record<string, unknown>>
  if (kind === 'end') return { kind, samples: count(samples, 'samples') }
  if (kind !== 'pcm') throw malformed('its kind is unknown')
  if (!(pcm instanceof Float32Array)) throw malformed('its sound is no Float32Array')
  if (pcm.length > FRAME_SAMPLES_AT_MOST)
    throw malformed(`it is longer than ${FRAME_SAMPLES_AT_MOST} samples`)
  return { kind, from: count(from, 'from'), pcm: pcm.every(Number.isFinite) ? pcm : silenced(pcm) }
}

function count(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw malformed(`its “${name}” is no count`)
}

/** A driver that gives NaN must not spoil a whole utterance. */
function silenced(pcm: Pcm): Pcm {
  return pcm.map((sample) => (Number.isFinite(sample) ? sample : 0))
}

function malformed(why: string): StenoError {
  return new StenoError('capture-malformed', `A sound frame was refused: ${why}.`)
}
