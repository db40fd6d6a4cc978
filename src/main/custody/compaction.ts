/**
 * Finished recordings take half the room as FLAC. One after the other, a while after they were sealed; the WAV file goes
 * only when its twin is on the disk, has been decoded again and is the same, and the row names it.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { decodeFlac, encodeFlac } from '../../audio/flac-codec.ts'
import { SAMPLE_RATE } from '../../shared/audio.ts'
import type { Clock } from '../../shared/clock.ts'
import type { DictationId } from '../../shared/dictation.ts'
import { textOf } from '../../shared/errors.ts'
import type { Log } from '../../shared/log.ts'
import type { Tuning } from '../../shared/tuning.ts'
import { readSound } from './sound-file.ts'

export interface CompactionWorld {
  readonly folder: string
  readonly clock: Clock
  readonly tuning: Pick<Tuning, 'compactAfterMs'>
  readonly log: Log
  /** Name of a finished recording; undefined while it is not, or when there is none any more. */
  readonly soundOf: (id: DictationId) => string | undefined
  /** The row has another file from now on; false when it could not be written. */
  readonly rename: (id: DictationId, sound: string) => boolean
}

export class Compaction implements Disposable {
  readonly #world: CompactionWorld
  readonly #ended = new AbortController()
  #waiting: readonly DictationId[] = []
  #timer: Disposable | undefined
  #working = false

  constructor(world: CompactionWorld) {
    this.#world = world
  }

  /** As soon as nobody is likely to want it at once. */
  add(ids: readonly DictationId[]): void {
    this.#waiting = [...this.#waiting, ...ids]
    this.#later()
  }

  [Symbol.dispose](): void {
    this.#ended.abort()
    this.#timer?.[Symbol.dispose]()
  }

  #later(): void {
    if (this.#working || this.#waiting.length === 0 || this.#ended.signal.aborted) return
    const { clock, tuning } = this.#world
    this.#timer?.[Symbol.dispose]()
    this.#timer = clock.after(tuning.compactAfterMs, () => void this.#work())
  }

  async #work(): Promise<void> {
    this.#working = true
    const ids = this.#waiting
    this.#waiting = []
    for (const id of ids) {
      try {
        await this.#compact(id)
      } catch (error) {
        if (this.#ended.signal.aborted) return
        this.#world.log('warn', `recording ${id} stays as it is: ${textOf(error)}`)
      }
    }
    this.#working = false
    this.#later()
  }

  async #compact(id: DictationId): Promise<void> {
    const { folder, soundOf, rename } = this.#world
    const name = soundOf(id)
    if (name?.endsWith('.wav') !== true) return
    const sound = readSound(join(folder, name))
    // There is nothing to save, and decoders have their ways with the shortest.
    if (sound.length < SAMPLE_RATE) return
    const bytes = await encodeFlac(sound, this.#ended.signal)
    const [path, part] = [join(folder, twinOf(name)), join(folder, `${twinOf(name)}.part`)]
    write(part, bytes)
    const again = await decodeFlac(new Uint8Array(readFileSync(part)), this.#ended.signal)
    const same =
      again.whole &&
      again.pcm.length === sound.length &&
      again.pcm.every((sample, index) => sample === sound[index])
    // It may have been deleted, or be decoded again, meanwhile.
    if (!same || soundOf(id) !== name) {
      rmSync(part, { force: true })
      if (!same) throw new Error('its FLAC gives other samples')
      return
    }
    renameSync(part, path)
    rmSync(join(folder, rename(id, twinOf(name)) ? name : twinOf(name)), { force: true })
  }
}

/** `1764-7.wav` → `1764-7.flac` and back: one of the two is the recording. */
export function twinOf(name: string): string {
  return name.endsWith('.wav') ? name.replace(/\.wav$/, '.flac') : name.replace(/\.flac$/, '.wav')
}

function write(path: string, bytes: Uint8Array): void {
  const handle = openSync(path, 'w', 0o600)
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
