/**
 * The sound of one dictation as a WAV file that is written frame by frame. Its header is filled in at the end; a file
 * that was never closed is read by its length, so a crash at any byte loses at most half a sample.
 *
 * A disk that refuses does not stop the dictation: what it would not take waits in memory and is tried again with
 * every frame and at the end.
 */
import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { WAV_HEADER_BYTES, wavHeader } from '../../audio/write-wav.ts'
import { secondsOf, type Pcm } from '../../shared/audio.ts'
import { fromBytes, toBytes } from './pcm16.ts'

export class SoundFile {
  readonly #path: string
  readonly #refused: (error: unknown) => void
  #handle: number | undefined
  /** What the disk has not taken yet. */
  #waiting: Uint8Array[]
  #bytes = 0
  #closed = false

  /** @param refused is called when the disk begins to refuse. */
  constructor(path: string, refused: (error: unknown) => void) {
    this.#path = path
    this.#refused = refused
    this.#waiting = [wavHeader(0)]
    this.#flush()
  }

  get samples(): number {
    return this.#bytes / 2
  }

  append(pcm: Pcm): void {
    if (this.#closed) return
    const bytes = toBytes(pcm)
    this.#bytes += bytes.length
    this.#waiting.push(bytes)
    this.#flush()
  }

  /** Writes what waits and the header. Safe to call twice. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#flush()
    if (this.#handle === undefined) return
    try {
      if (this.#waiting.length === 0) writeSync(this.#handle, wavHeader(this.samples), 0, WAV_HEADER_BYTES, 0)
    } catch (error) {
      this.#refused(error)
    } finally {
      closeSync(this.#handle)
    }
  }

  discard(): void {
    this.close()
    rmSync(this.#path, { force: true })
  }

  #flush(): void {
    const before = this.#waiting.length
    try {
      this.#handle ??= openSync(this.#path, 'wx', 0o600)
      for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
        const written = writeSync(this.#handle, first)
        if (written < first.length) this.#waiting[0] = first.subarray(written)
        else this.#waiting.shift()
      }
    } catch (error) {
      // Told once, not twenty times a second.
      if (before === 1) this.#refused(error)
    }
  }
}

/** All samples of a file, closed properly or not. Throws what the file system throws. */
export function readSound(path: string): Pcm {
  return fromBytes(readFileSync(path).subarray(WAV_HEADER_BYTES))
}

/** Length of a file's sound by its size. Throws what the file system throws. */
export function secondsIn(path: string): number {
  return secondsOf(Math.floor(Math.max(0, statSync(path).size - WAV_HEADER_BYTES) / 2))
}
