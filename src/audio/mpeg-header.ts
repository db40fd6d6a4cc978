/**
 * MPEG audio frame headers (ISO/IEC 11172-3 and 13818-3): to recognise an MP3 file, and to tell how long it is from
 * the count that encoders leave in its first frame (Xing's VBR header) or from its bit rate.
 */
import { findText, viewOf } from './bytes.ts'

export interface MpegFrame {
  readonly bytes: number
  readonly samples: number
  /** Hz. */
  readonly rate: number
  /** Bits a second. */
  readonly bitRate: number
}

interface Layer {
  /** Per frame. */
  readonly samples: number
  /** Bytes of the unit that frames are counted in. */
  readonly slot: number
  /** kbit/s by index, from 1 on. */
  readonly kilobits: readonly number[]
}

const MPEG_1: readonly Layer[] = [
  { samples: 384, slot: 4, kilobits: [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448] },
  { samples: 1152, slot: 1, kilobits: [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384] },
  { samples: 1152, slot: 1, kilobits: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320] },
]
const LOW_KILOBITS = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const MPEG_2: readonly Layer[] = [
  { samples: 384, slot: 4, kilobits: [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256] },
  { samples: 1152, slot: 1, kilobits: LOW_KILOBITS },
  { samples: 576, slot: 1, kilobits: LOW_KILOBITS },
]
/** By the header's two bits: MPEG-2.5, reserved, 2, 1. */
const VERSIONS = [
  { layers: MPEG_2, divisor: 4 },
  undefined,
  { layers: MPEG_2, divisor: 2 },
  { layers: MPEG_1, divisor: 1 },
]
const RATES = [44_100, 48_000, 32_000]

/** The frame that begins at `at`, or undefined where none does. Free-format frames are not recognised. */
export function mpegFrameAt(bytes: Uint8Array, at: number): MpegFrame | undefined {
  const [sync, kind = 0, numbers = 0] = bytes.subarray(at, at + 3)
  if (sync !== 0xff || kind >> 5 !== 7) return undefined
  const version = VERSIONS[(kind >> 3) & 3]
  const layer = version?.layers[3 - ((kind >> 1) & 3)]
  const kilobits = layer?.kilobits[(numbers >> 4) - 1]
  const fullRate = RATES[(numbers >> 2) & 3]
  if (version === undefined || layer === undefined || kilobits === undefined || fullRate === undefined) {
    return undefined
  }
  const rate = fullRate / version.divisor
  const bitRate = kilobits * 1000
  const padding = (numbers >> 1) & 1
  const slots = Math.floor((layer.samples * bitRate) / (8 * layer.slot * rate)) + padding
  return { bytes: slots * layer.slot, samples: layer.samples, rate, bitRate }
}

/** True if an MPEG stream begins at `at`: one frame, and another right behind it unless the bytes end there. */
export function isMpegStream(bytes: Uint8Array, at: number): boolean {
  const frame = mpegFrameAt(bytes, at)
  if (frame === undefined) return false
  const next = at + frame.bytes
  return next + 3 > bytes.length || mpegFrameAt(bytes, next)?.rate === frame.rate
}

export interface MpegLength {
  readonly seconds: number
  /** The encoder counted; otherwise a guess that takes the first frame's bit rate for the whole. */
  readonly counted: boolean
}

/** @param head the first bytes of the stream, which is `bytes` long. */
export function mpegLength(head: Uint8Array, bytes: number): MpegLength | undefined {
  const frame = mpegFrameAt(head, 0)
  if (frame === undefined) return undefined
  const frames = xingFrames(head.subarray(0, frame.bytes))
  return frames === undefined
    ? { seconds: (bytes * 8) / frame.bitRate, counted: false }
    : { seconds: (frames * frame.samples) / frame.rate, counted: true }
}

/** "Xing" or "Info", flags, then the number of frames if the lowest flag is set; big-endian. */
function xingFrames(frame: Uint8Array): number | undefined {
  const at = Math.max(findText(frame, 'Xing'), findText(frame, 'Info'))
  if (at < 0 || at + 12 > frame.length) return undefined
  const view = viewOf(frame)
  return (view.getUint32(at + 4) & 1) === 0 ? undefined : view.getUint32(at + 8)
}
