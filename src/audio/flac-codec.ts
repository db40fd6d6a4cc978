/**
 * Mono 16-bit recordings at 16 kHz ⇄ FLAC (RFC 9639), sample for sample. Both are done a second at a time, so that whoever
 * shares the thread gets its turn.
 */
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { FLACDecoder } from '@wasm-audio-decoders/flac'
import type * as LibFlac from 'libflacjs/dist/libflac.js'
import { SAMPLE_RATE, type Pcm } from '../shared/audio.ts'

/** libFLAC's default: more takes longer for one percent. */
const COMPRESSION = 5
const BITS = 16
/** libFLAC writes 32768 as its scale, the decoder gives floats by 32767. */
const DECODED_SCALE = 32_767
const SCALE = 32_768
const PIECE_BYTES = 32_768
/** In STREAMINFO, which is behind “fLaC” and its own head. */
const DIGEST_AT = 26
const DIGEST_BYTES = 16

/** @param pcm values of sixteen bits, as `rounded` in main/custody/pcm16.ts gives them. */
export async function encodeFlac(pcm: Pcm, signal?: AbortSignal): Promise<Uint8Array> {
  const flac = await library()
  const encoder = flac.create_libflac_encoder(SAMPLE_RATE, 1, BITS, COMPRESSION, pcm.length, true, 0)
  const pieces: Uint8Array[] = []
  // STREAMINFO is written once more at the end, when nothing can be seeked: the length is in it from the beginning.
  const status = flac.init_encoder_stream(encoder, (bytes) => void pieces.push(bytes.slice()))
  try {
    if (encoder === 0 || status !== 0) throw new Error(`the FLAC encoder does not start: ${status}`)
    for (let from = 0; from < pcm.length; from += SAMPLE_RATE) {
      signal?.throwIfAborted()
      const second = Int32Array.from(pcm.subarray(from, from + SAMPLE_RATE), (sample) => sample * SCALE)
      if (!flac.FLAC__stream_encoder_process_interleaved(encoder, second, second.length))
        throw new Error(`the FLAC encoder refuses second ${from / SAMPLE_RATE}`)
      await turn()
    }
    flac.FLAC__stream_encoder_finish(encoder)
  } finally {
    flac.FLAC__stream_encoder_delete(encoder)
  }
  const file = Buffer.concat(pieces)
  // libFLAC knows it at the end only, and cannot go back.
  digestOf(pcm).copy(file, DIGEST_AT)
  return new Uint8Array(file)
}

export interface Decoded {
  readonly pcm: Pcm
  /** The samples are those that were encoded: their digest is in the file. */
  readonly whole: boolean
}

/** As much as can be read. */
export async function decodeFlac(bytes: Uint8Array, signal?: AbortSignal): Promise<Decoded> {
  const decoder = new FLACDecoder()
  try {
    await decoder.ready
    const pieces: Pcm[] = []
    const take = ({ channelData: [samples] }: Awaited<ReturnType<typeof decoder.flush>>): void => {
      if (samples !== undefined)
        pieces.push(samples.map((sample) => Math.round(sample * DECODED_SCALE) / SCALE))
    }
    // A file of a few frames is understood only as a whole.
    if (bytes.length <= PIECE_BYTES) take(await decoder.decodeFile(bytes))
    for (let from = 0; from < bytes.length && bytes.length > PIECE_BYTES; from += PIECE_BYTES) {
      signal?.throwIfAborted()
      take(await decoder.decode(bytes.subarray(from, from + PIECE_BYTES)))
      await turn()
    }
    if (bytes.length > PIECE_BYTES) take(await decoder.flush())
    const pcm = joined(pieces)
    const digest = Buffer.from(bytes.subarray(DIGEST_AT, DIGEST_AT + DIGEST_BYTES))
    return { pcm, whole: digest.equals(digestOf(pcm)) }
  } finally {
    decoder.free()
  }
}

/** Loaded when it is first needed: a megabyte of JavaScript. */
async function library(): Promise<typeof LibFlac> {
  const flac = createRequire(import.meta.url)('libflacjs/dist/libflac.min.js') as typeof LibFlac
  if (!flac.isReady()) {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    flac.on('ready', () => {
      resolve(undefined)
    })
    await promise
  }
  return flac
}

/** MD5 of the samples as little-endian sixteen bits (RFC 9639, section 8.2). */
function digestOf(pcm: Pcm): Buffer {
  return createHash('md5')
    .update(Int16Array.from(pcm, (sample) => sample * SCALE))
    .digest()
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}

function joined(pieces: readonly Pcm[]): Pcm {
  const all = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
