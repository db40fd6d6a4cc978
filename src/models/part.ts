/**
 * The part of a file that has come: it grows beside its place under another name, with a note of what it is a part of.
 * Only `finish` gives it its name, when size and hash are those that were promised.
 */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'

export interface Promised {
  readonly url: string
  readonly bytes?: number | undefined
  /** Hexadecimal. */
  readonly sha256?: string | undefined
}

interface Note extends Promised {
  /** By which the server tells one version of the file from the next: its entity tag. */
  readonly validator?: string | undefined
}

export class Part implements AsyncDisposable {
  readonly #target: string
  readonly #promised: Promised
  readonly #file: FileHandle
  #hash: Hash
  #bytes: number
  #validator: string | undefined

  private constructor(
    target: string,
    promised: Promised,
    file: FileHandle,
    bytes: number,
    hash: Hash,
    note: Note,
  ) {
    this.#target = target
    this.#promised = promised
    this.#file = file
    this.#bytes = bytes
    this.#hash = hash
    this.#validator = note.validator
  }

  /** Goes on with what is there of the same file, else begins. */
  static async open(target: string, promised: Promised): Promise<Part> {
    await mkdir(dirname(target), { recursive: true })
    const path = `${target}.part`
    const note = await noteOf(target)
    const same = note?.url === promised.url && note.sha256 === promised.sha256
    // Appending, so that a write lands at the end whatever was cut away before it.
    const file = await open(path, 'a')
    try {
      if (!same) await file.truncate(0)
      const { size } = await file.stat()
      const hash = createHash('sha256')
      if (size > 0) await pipeline(createReadStream(path), hash, { end: false })
      return new Part(target, promised, file, size, hash, same ? note : promised)
    } catch (error) {
      await file.close()
      throw error
    }
  }

  get bytes(): number {
    return this.#bytes
  }

  /**
   * Asks the server to go on only with the same version of the file. Undefined where nothing tells versions apart, not
   * even a hash at the end: then it is fetched from the beginning.
   */
  get headers(): Readonly<Record<string, string>> | undefined {
    if (this.#bytes === 0) return undefined
    const range = { range: `bytes=${this.#bytes}-` }
    if (this.#validator !== undefined) return { ...range, 'if-range': this.#validator }
    return this.#promised.sha256 === undefined ? undefined : range
  }

  /** The body that follows begins at byte `from`, of a file with this validator. */
  async begin(from: number, validator: string | undefined): Promise<void> {
    if (from !== this.#bytes) await this.empty()
    if (validator === this.#validator && this.#bytes > 0) return
    this.#validator = validator
    await writeFile(`${this.#target}.part.json`, JSON.stringify({ ...this.#promised, validator }))
  }

  async append(piece: Uint8Array): Promise<void> {
    await this.#file.write(piece)
    this.#hash.update(piece)
    this.#bytes += piece.length
  }

  /** It was of something else. */
  async empty(): Promise<void> {
    await this.#file.truncate(0)
    this.#hash = createHash('sha256')
    this.#bytes = 0
    this.#validator = undefined
  }

  /** Gives the file its name; or says why it is not the one that was promised, and forgets it. */
  async finish(): Promise<string | undefined> {
    const fault = (await this.#lost()) ?? this.#fault()
    if (fault !== undefined) {
      await this.empty()
      return fault
    }
    // On disk before it has its name: a power cut must not leave a whole name on half a file.
    await this.#file.sync()
    await rename(`${this.#target}.part`, this.#target)
    await rm(`${this.#target}.part.json`, { force: true })
    return undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close()
  }

  /** The hash is of what came; this is of what is on the disk. */
  async #lost(): Promise<string | undefined> {
    const { size } = await this.#file.stat()
    return size === this.#bytes ? undefined : `${size} of ${this.#bytes} bytes are on the disk`
  }

  #fault(): string | undefined {
    const { bytes, sha256 } = this.#promised
    if (bytes !== undefined && bytes !== this.#bytes) return `it has ${this.#bytes} bytes, not ${bytes}`
    const found = this.#hash.copy().digest('hex')
    return sha256 === undefined || sha256 === found ? undefined : `its sha256 is ${found}, not ${sha256}`
  }
}

export async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size
}

async function noteOf(target: string): Promise<Note | undefined> {
  try {
    return JSON.parse(await readFile(`${target}.part.json`, 'utf8')) as Note
  } catch {
    return undefined
  }
}
