/**
 * The sound of one dictation as a WAV file that is written frame by frame. Its header is filled in at the end; a file
 * that was never closed is read by its length, so a crash at any byte loses at most half a sample.
 *
 * Each frame is handed to the system at once: a crash of Steno loses none. The disk is asked to have it every two seconds
 * and at the end: a power cut loses at most what came since. That is done by another thread; a disk takes its time.
 *
 * A disk that refuses does not stop the dictation: what it would not take waits in memory and is tried again.
 */
import { close, closeSync, fdatasync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { decodeFlac, type Decoded } from '../../audio/flac-codec.ts'
import { streamSeconds } from '../../audio/flac-header.ts'
import { WAV_HEADER_BYTES, wavHeader } from '../../audio/write-wav.ts'
import { samplesOf, secondsOf, type Pcm } from '../../shared/audio.ts'
import { fromBytes, toBytes } from './pcm16.ts'

const SYNC_SAMPLES = samplesOf(2)
/** Behind “fLaC” and the head of the first block. */
const FLAC_INFO_AT = 8

export class SoundFile {
  readonly #path: string
  readonly #refused: (error: unknown) => void
  #handle: number | undefined
  /** What the disk has not taken yet. */
  #waiting: Uint8Array[]
  #waitingBytes: number
  #bytes = 0
  #syncedBytes = 0
  #syncing = false
  #ended = false
  #whole = false

  /** @param refused is called when the disk begins to refuse. */
  constructor(path: string, refused: (error: unknown) => void) {
    this.#path = path
    this.#refused = refused
    const header = wavHeader(0)
    this.#waiting = [header]
    this.#waitingBytes = header.length
    this.#flush()
  }

  get samples(): number {
    return this.#bytes / 2
  }

  /** Sound that is nowhere but in memory. */
  get waitingSeconds(): number {
    return secondsOf(this.#waitingBytes / 2)
  }

  /** It has ended, and the disk has all of it. */
  get whole(): boolean {
    return this.#whole
  }

  append(pcm: Pcm): void {
    if (this.#ended) return
    const bytes = toBytes(pcm)
    this.#bytes += bytes.length
    this.#waiting.push(bytes)
    this.#waitingBytes += bytes.length
    this.#flush()
    if (this.#bytes - this.#syncedBytes >= 2 * SYNC_SAMPLES) this.#sync()
  }

  /** Writes what waits and the header. Safe to call twice. */
  close(): void {
    if (this.#ended) return
    this.#ended = true
    this.retry()
  }

  /** Tries once more to write what waits. */
  retry(): void {
    this.#flush()
    if (!this.#ended || this.#whole || this.#handle === undefined || this.#waiting.length > 0) return
    try {
      writeSync(this.#handle, wavHeader(this.samples), 0, WAV_HEADER_BYTES, 0)
    } catch (error) {
      this.#refused(error)
      return
    }
    this.#whole = true
    this.#letGo(this.#handle)
  }

  discard(): void {
    this.#ended = true
    this.#waiting = []
    this.#waitingBytes = 0
    if (!this.#whole && this.#handle !== undefined) closeSync(this.#handle)
    this.#whole = true
    this.#handle = undefined
    rmSync(this.#path, { force: true })
  }

  /** All samples, those that wait included. Throws what the file system throws. */
  sound(): Pcm {
    const saved = this.#handle === undefined ? new Uint8Array(0) : readFileSync(this.#path)
    return fromBytes(Buffer.concat([saved, ...this.#waiting]).subarray(WAV_HEADER_BYTES))
  }

  #flush(): void {
    const before = this.#waiting.length
    try {
      if (before > 0) this.#handle ??= openSync(this.#path, 'wx', 0o600)
      for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
        const written = this.#handle === undefined ? 0 : writeSync(this.#handle, first)
        this.#waitingBytes -= written
        if (written < first.length) this.#waiting[0] = first.subarray(written)
        else this.#waiting.shift()
      }
    } catch (error) {
      // Told once, not twenty times a second.
      if (before === 1) this.#refused(error)
    }
  }

  #sync(): void {
    if (this.#syncing || this.#handle === undefined) return
    this.#syncing = true
    this.#syncedBytes = this.#bytes
    fdatasync(this.#handle, () => {
      this.#syncing = false
    })
  }

  /** The file is whole: what fails now is the disk's own matter. */
  #letGo(handle: number): void {
    this.#handle = undefined
    fdatasync(handle, () => {
      close(handle, () => undefined)
    })
  }
}

/** All samples of a recording that can be read, whichever of the two it is. Rejects when the file cannot be. */
export async function readRecording(path: string): Promise<Decoded> {
  if (path.endsWith('.flac')) return await decodeFlac(new Uint8Array(readFileSync(path)))
  return { pcm: readSound(path), whole: true }
}

/** All samples of a WAV file, closed properly or not. Throws what the file system throws. */
export function readSound(path: string): Pcm {
  return fromBytes(readFileSync(path).subarray(WAV_HEADER_BYTES))
}

/** Length of a WAV file's sound by its size, of a FLAC file's by its header. Throws what the file system throws. */
export function secondsIn(path: string): number {
  if (path.endsWith('.flac')) {
    const head = readFileSync(path).subarray(FLAC_INFO_AT, FLAC_INFO_AT + 34)
    return streamSeconds(new Uint8Array(head)) ?? 0
  }
  return secondsOf(Math.floor(Math.max(0, statSync(path).size - WAV_HEADER_BYTES) / 2))
}
