/** The door: an audio file of any kind as mono 16 kHz, in pieces, with bounded memory. */
import { SAMPLE_RATE, type Pcm } from '../shared/audio.ts'
import { StenoError } from '../shared/errors.ts'
import { empty } from './faults.ts'
import { FileBytes } from './file-bytes.ts'
import { recognise } from './recognise.ts'
import { Resampler } from './resample.ts'
import type { AudioSource, Stretch } from './source.ts'
import { openWav } from './wav.ts'

export interface AudioFile extends AsyncDisposable {
  readonly path: string
  /** From the headers, for progress bars, never to be trusted; undefined where only decoding tells. */
  readonly durationSeconds: number | undefined
  /**
   * The sound in pieces of at most one second; to be consumed once. Throws audio-broken if none of it can be
   * decoded, audio-empty if there is none, and the signal's reason when that aborts.
   */
  pcm(signal?: AbortSignal): AsyncGenerator<Pcm>
  /** What was odd but survivable, for people to read behind the file's name; complete once `pcm` has ended. */
  readonly warnings: readonly string[]
}

/**
 * Opens WAV, MP3, FLAC, Ogg Vorbis, Ogg Opus or Ogg FLAC, by content and not by name. Rejects with file-missing,
 * file-unreadable, audio-empty, audio-broken or audio-unsupported.
 */
export async function openAudio(path: string): Promise<AudioFile> {
  const file = await FileBytes.open(path)
  try {
    return new OpenAudio(file, await openSource(file))
  } catch (error) {
    await file.close()
    throw error
  }
}

async function openSource(file: FileBytes): Promise<AudioSource> {
  const { container, start } = await recognise(file)
  if (container === 'wav') return openWav(file, start)
  // Only now: the decoders are WebAssembly in source code, which takes a moment to load.
  const { openFlac, openMp3, openOgg } = await import('./compressed.ts')
  switch (container) {
    case 'mp3':
      return openMp3(file, start)
    case 'flac':
      return openFlac(file, start)
    case 'ogg':
      return openOgg(file, start)
  }
}

class OpenAudio implements AudioFile {
  readonly #file: FileBytes
  readonly #source: AudioSource
  #consumed = false

  constructor(file: FileBytes, source: AudioSource) {
    this.#file = file
    this.#source = source
  }

  get path(): string {
    return this.#file.path
  }

  get durationSeconds(): number | undefined {
    return this.#source.durationSeconds
  }

  get warnings(): readonly string[] {
    return this.#source.warnings
  }

  async *pcm(signal?: AbortSignal): AsyncGenerator<Pcm> {
    if (this.#consumed)
      throw new StenoError('disposed', 'This audio was read or closed already.', { file: this.path })
    this.#consumed = true
    try {
      signal?.throwIfAborted()
      let heard = false
      for await (const pcm of resampled(this.#source.stretches())) {
        for (let at = 0; at < pcm.length; at += SAMPLE_RATE) {
          signal?.throwIfAborted()
          heard = true
          yield pcm.length <= SAMPLE_RATE ? pcm : pcm.slice(at, at + SAMPLE_RATE)
        }
        signal?.throwIfAborted()
      }
      if (!heard) throw empty(this.path)
    } finally {
      await this.#file.close()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#consumed = true
    await this.#file.close()
  }
}

async function* resampled(stretches: AsyncGenerator<Stretch>): AsyncGenerator<Pcm> {
  let rate: number | undefined
  let resampler: Resampler | undefined
  for await (const stretch of stretches) {
    if (stretch.rate !== rate) {
      if (resampler !== undefined) yield resampler.flush()
      rate = stretch.rate
      resampler = new Resampler(rate)
    }
    if (resampler !== undefined) yield resampler.push(stretch.pcm)
  }
  if (resampler !== undefined) yield resampler.flush()
}
