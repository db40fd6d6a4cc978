/**
 * Starts Chromium for the host and ends it. Driven over a pipe, so that it dies with us however we die; the port is for
 * Playwright, which reads it from our standard error.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { CdpConnection } from '../cdp/client.ts'
import { isAlive } from '../main-shim/processes.ts'
import { mergedSwitches } from './chromium-switches.ts'

const EXECUTABLE = process.env['STENO_CHROMIUM'] ?? '/usr/bin/chromium'

/** After this long without leaving it is killed. */
const CLOSE_DEADLINE_MS = 2_000

export class Chromium {
  readonly connection: CdpConnection
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<unknown>
  readonly #process: ChildProcess
  readonly #profile: string

  private constructor(child: ChildProcess, profile: string) {
    this.#process = child
    this.#profile = profile
    this.ended = once(child, 'exit')
    const [, , , toChromium, fromChromium] = child.stdio
    if (!(toChromium instanceof Writable) || !(fromChromium instanceof Readable)) {
      throw new TypeError('Chromium was started without pipes')
    }
    this.connection = new CdpConnection(fromChromium, toChromium)
  }

  /** Resolves once it answers; rejects when it ends instead. */
  static async start(switches: readonly string[]): Promise<Chromium> {
    const profile = makeProfile()
    const child = spawn(EXECUTABLE, mergedSwitches(switches, profile), {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    })
    const chromium = new Chromium(child, profile)
    const problems = echoEndpoint(child)
    process.once('exit', () => {
      chromium.#kill()
    })
    const failed = chromium.ended.then(() => {
      throw new Error(`Chromium (${EXECUTABLE}) did not start:\n${problems.join('')}`)
    })
    await Promise.race([chromium.connection.browser.send('Browser.getVersion'), failed])
    failed.catch(() => undefined)
    return chromium
  }

  get pid(): number {
    return this.#process.pid ?? 0
  }

  /** Resolves when it is gone and its profile with it. */
  async stop(): Promise<void> {
    this.connection.browser.tell('Browser.close')
    await Promise.race([this.ended, sleep(CLOSE_DEADLINE_MS, undefined, { ref: false })])
    this.#kill()
  }

  #kill(): void {
    if (this.#process.exitCode === null && this.#process.signalCode === null) this.#process.kill('SIGKILL')
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** A folder for one run; those of hosts that were killed, and could not clean up, go on this occasion. */
function makeProfile(): string {
  for (const name of readdirSync(tmpdir())) {
    const [, owner] = /^steno-host-(\d+)-/.exec(name) ?? []
    if (owner !== undefined && !isAlive(Number(owner))) {
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
    }
  }
  return mkdtempSync(join(tmpdir(), `steno-host-${process.pid}-`))
}

/** Passes on the one line that Playwright waits for and keeps the rest for an error message. */
function echoEndpoint(child: ChildProcess): readonly string[] {
  const lines: string[] = []
  let known = false
  child.stderr?.setEncoding('utf8')
  child.stderr?.on('data', (chunk: string) => {
    // Must be read to the end, or a full pipe would stop Chromium.
    if (known) return
    lines.push(chunk)
    const [line] = /^DevTools listening on ws:\/\/\S+$/m.exec(lines.join('')) ?? []
    if (line === undefined) return
    known = true
    process.stderr.write(`\n${line}\n`)
  })
  return lines
}
