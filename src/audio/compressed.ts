/**
 * MP3, FLAC, Ogg Vorbis and Ogg Opus through their WebAssembly decoders, a few kilobytes at a time. A decoder goes on
 * behind damaged places; what it could not read becomes a warning.
 */
import { FLACDecoder } from '@wasm-audio-decoders/flac'
import { OggVorbisDecoder } from '@wasm-audio-decoders/ogg-vorbis'
import { MPEGDecoder } from 'mpg123-decoder'
import { OggOpusDecoder } from 'ogg-opus-decoder'
import { StenoError } from '../shared/errors.ts'
import { broken, durationText } from './faults.ts'
import type { FileBytes } from './file-bytes.ts'
import { readFlacHeader } from './flac-header.ts'
import { mpegLength } from './mpeg-header.ts'
import { oggParts, readOggHeader, type OggCodec } from './ogg.ts'
import { isSampleRate } from './resample.ts'
import type { AudioSource, Stretch } from './source.ts'

/** What the four packages have in common. */
interface Decoder {
  readonly ready: Promise<void>
  readonly decode: (bytes: Uint8Array) => Decoded | Promise<Decoded>
  /** What is still inside; afterwards the decoder is as new. */
  readonly flush?: () => Promise<Decoded>
  readonly free: () => void
}

interface Decoded {
  readonly channelData: readonly Float32Array[]
  readonly sampleRate: number
  readonly errors: readonly unknown[]
}

interface Part {
  readonly bytes: Uint8Array
  readonly anew?: boolean
}

interface Plan {
  readonly file: FileBytes
  readonly decoder: () => Decoder
  readonly parts: (damaged: () => void) => AsyncGenerator<Part>
  readonly durationSeconds: number | undefined
  /** Seconds that the header vouches for. */
  readonly promised: number | undefined
  /** Something follows the headers, so that no sound at all means damage. */
  readonly hasContent: boolean
}

/** @param start of the first frame, behind tags. */
export async function openMp3(file: FileBytes, start: number): Promise<AudioSource> {
  const length = mpegLength(await file.read(start, 4096), file.size - start)
  return new CompressedSource({
    file,
    decoder: () => new MPEGDecoder(),
    parts: () => wholePieces(file, start),
    durationSeconds: length?.seconds,
    promised: length?.counted === true ? length.seconds : undefined,
    hasContent: start < file.size,
  })
}

export async function openFlac(file: FileBytes, start: number): Promise<AudioSource> {
  const { frames, seconds } = await readFlacHeader(file, start)
  return new CompressedSource({
    file,
    decoder: () => new FLACDecoder(),
    parts: () => wholePieces(file, frames),
    durationSeconds: seconds,
    promised: seconds,
    hasContent: frames < file.size,
  })
}

const OGG_DECODERS: Record<OggCodec, () => Decoder> = {
  opus: () => new OggOpusDecoder(),
  vorbis: () => new OggVorbisDecoder(),
  flac: () => new FLACDecoder(),
}

export async function openOgg(file: FileBytes, start: number): Promise<AudioSource> {
  const { codec, seconds } = await readOggHeader(file, start)
  return new CompressedSource({
    file,
    decoder: OGG_DECODERS[codec],
    parts: (damaged) => oggParts(file, start, codec, damaged),
    durationSeconds: seconds,
    promised: undefined,
    hasContent: seconds !== undefined && seconds > 0,
  })
}

async function* wholePieces(file: FileBytes, start: number): AsyncGenerator<Part> {
  for await (const bytes of file.pieces(start)) yield { bytes }
}

/** MP3 pads its ends with a frame or two that the encoder counted and the decoder drops. */
const PROMISE_SLACK_SECONDS = 0.25

class CompressedSource implements AudioSource {
  readonly durationSeconds: number | undefined
  readonly warnings: string[] = []
  readonly #plan: Plan
  #damaged = 0
  #seconds = 0
  #fault: unknown

  constructor(plan: Plan) {
    this.#plan = plan
    this.durationSeconds = plan.durationSeconds
  }

  async *stretches(): AsyncGenerator<Stretch> {
    const decoder = this.#plan.decoder()
    try {
      await decoder.ready
      for await (const decoded of this.#decode(decoder)) {
        this.#damaged += decoded.errors.length
        const pcm = meanOf(decoded.channelData)
        if (pcm.length === 0) continue
        if (!isSampleRate(decoded.sampleRate)) {
          throw broken(this.#plan.file.path, `claims ${decoded.sampleRate} samples a second`)
        }
        this.#seconds += pcm.length / decoded.sampleRate
        yield { pcm, rate: decoded.sampleRate }
      }
    } finally {
      free(decoder)
    }
    this.#judge()
  }

  async *#decode(decoder: Decoder): AsyncGenerator<Decoded> {
    const damaged = (): void => {
      this.#damaged++
    }
    try {
      for await (const { bytes, anew } of this.#plan.parts(damaged)) {
        if (anew === true && decoder.flush !== undefined) yield await decoder.flush()
        yield await decoder.decode(bytes)
      }
      if (decoder.flush !== undefined) yield await decoder.flush()
    } catch (error) {
      if (error instanceof StenoError) throw error
      // Damage that its checks do not foresee ends a decoder, but not what it decoded before.
      this.#fault = error
      damaged()
    }
  }

  #judge(): void {
    const { file, promised, hasContent } = this.#plan
    const short = promised !== undefined && this.#seconds < promised - PROMISE_SLACK_SECONDS
    if (this.#seconds === 0 && (hasContent || short || this.#damaged > 0)) {
      throw broken(file.path, 'is damaged: nothing in it could be decoded', this.#fault)
    }
    const read = durationText(this.#seconds)
    if (short)
      this.warnings.push(`its header promises ${durationText(promised)} but only ${read} could be read`)
    if (this.#damaged > 0) this.warnings.push(`parts of it are damaged; ${read} could be read`)
  }
}

/** Of channels of equal length; the only channel as it is. */
function meanOf(channels: readonly Float32Array[]): Float32Array {
  const [first, second] = channels
  if (first === undefined || second === undefined) return first ?? new Float32Array(0)
  const mean = new Float32Array(first.length)
  for (const channel of channels) {
    for (let at = 0; at < mean.length; at++) mean[at] = (mean[at] ?? 0) + (channel[at] ?? 0) / channels.length
  }
  return mean
}

/** A decoder that crashed cannot tidy up either; its memory is garbage like any other. */
function free(decoder: Decoder): void {
  try {
    decoder.free()
  } catch {
    // Nothing is left to release.
  }
}
