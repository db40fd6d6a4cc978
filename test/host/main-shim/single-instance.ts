/**
 * `app.requestSingleInstanceLock`: one process per userData folder. As in Chromium the lock is a symbolic link that
 * names its holder (made atomically); a latecomer leaves its arguments with the holder over a local socket.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { decode, encode } from '../shared/codec.ts'
import { isAlive, startTimeOf } from './processes.ts'

/** What a latecomer says of itself. */
export interface SecondInstance {
  readonly argv: string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

/** Longer than any start of a small Node process. */
const NOTIFY_TIMEOUT_MS = 20_000

export class SingleInstance {
  readonly #link: string
  readonly #socket: string
  #server: Server | undefined

  constructor(userData: string) {
    mkdirSync(userData, { recursive: true })
    this.#link = join(userData, 'SingletonLock')
    // Not inside userData: a socket's path may be 107 characters long at most.
    const name = createHash('sha256').update(userData).digest('hex').slice(0, 16)
    this.#socket = join(tmpdir(), `steno-host-${name}.sock`)
  }

  /** True for the holder; false once the holder has been told. `heard` is called for every latecomer. */
  request(additionalData: unknown, heard: (second: SecondInstance) => void): boolean {
    if (this.#server !== undefined) return true
    for (let attempt = 0; attempt < 2; attempt++) {
      if (this.#take()) {
        this.#listen(heard)
        return true
      }
      if (this.#holderLives() && this.#tellHolder(additionalData)) return false
      rmSync(this.#link, { force: true })
    }
    return false
  }

  has(): boolean {
    return this.#server !== undefined
  }

  release(): void {
    if (this.#server === undefined) return
    this.#server.close()
    this.#server = undefined
    rmSync(this.#link, { force: true })
  }

  #take(): boolean {
    try {
      symlinkSync(`${process.pid}-${startTimeOf(process.pid)}`, this.#link)
      return true
    } catch {
      return false
    }
  }

  /** A killed holder leaves its link behind, and its process id may be someone else's by now. */
  #holderLives(): boolean {
    try {
      const [pid, started] = readlinkSync(this.#link).split('-')
      return isAlive(Number(pid)) && startTimeOf(Number(pid)) === started
    } catch {
      return false
    }
  }

  /** Waits for the holder's receipt, since the caller may leave as soon as it has our answer. */
  #tellHolder(additionalData: unknown): boolean {
    const second: SecondInstance = {
      argv: process.argv,
      workingDirectory: process.cwd(),
      additionalData,
    }
    const { status } = spawnSync(
      process.execPath,
      [join(import.meta.dirname, 'tell-holder.ts'), this.#socket],
      {
        input: encode(second),
        timeout: NOTIFY_TIMEOUT_MS,
      },
    )
    return status === 0
  }

  #listen(heard: (second: SecondInstance) => void): void {
    rmSync(this.#socket, { force: true })
    this.#server = createServer({ allowHalfOpen: true }, (connection) => {
      text(connection).then(
        (message) => {
          connection.end('ok')
          heard(decode(message) as SecondInstance)
        },
        () => {
          connection.destroy()
        },
      )
    })
    this.#server.listen(this.#socket)
    this.#server.unref()
  }
}
