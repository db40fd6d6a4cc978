/** One open file, read by position; what is asked for is all that is ever in memory. */
import { open, stat, type FileHandle } from 'node:fs/promises'
import { fileError, notAFile } from './faults.ts'

const PIECE_BYTES = 16_384

export class FileBytes implements AsyncDisposable {
  readonly path: string
  /** When it was opened; a file that still grows is read up to here. */
  readonly size: number
  readonly #handle: FileHandle

  private constructor(path: string, size: number, handle: FileHandle) {
    this.path = path
    this.size = size
    this.#handle = handle
  }

  /** Rejects with file-missing or file-unreadable. */
  static async open(path: string): Promise<FileBytes> {
    const explain = (error: unknown): never => {
      throw fileError(path, error)
    }
    // Before opening: to open a named pipe would wait for whoever writes into it.
    const facts = await stat(path).catch(explain)
    if (facts.isDirectory()) throw notAFile(path, 'a folder')
    if (!facts.isFile()) throw notAFile(path, 'a device or pipe')
    return new FileBytes(path, facts.size, await open(path, 'r').catch(explain))
  }

  /** `length` bytes from `position` on; fewer where the file ends. */
  async read(position: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - position)))
    let filled = 0
    while (filled < bytes.length) {
      const { bytesRead } = await this.#handle
        .read(bytes, filled, bytes.length - filled, position + filled)
        .catch((error: unknown) => {
          throw fileError(this.path, error)
        })
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  }

  /** From `start` to the end, piece by piece. */
  async *pieces(start: number): AsyncGenerator<Uint8Array> {
    for (let at = start; at < this.size; at += PIECE_BYTES) yield await this.read(at, PIECE_BYTES)
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}
