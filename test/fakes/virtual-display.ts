/** A real X server without a screen (Xvfb), with a display number of its own, and a hand on its keyboard (xdotool). */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** xdotool by key name presses modifiers of its own making, so keys are named by their X11 code (evdev plus 8). */
const X_CODES: Readonly<Record<string, number>> = {
  Escape: 9,
  ControlLeft: 37,
  KeyC: 54,
  Space: 65,
  F9: 75,
  ControlRight: 105,
}

export class VirtualDisplay implements AsyncDisposable {
  /** As in DISPLAY: `:7`. */
  readonly name: string
  readonly #server: ChildProcess

  private constructor(name: string, server: ChildProcess) {
    this.name = name
    this.#server = server
  }

  static async start(): Promise<VirtualDisplay> {
    const args = ['-displayfd', '3', '-screen', '0', '640x480x24', '-nolisten', 'tcp']
    const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    const [number] = (await once(server.stdio[3] ?? server, 'data')) as [Buffer]
    return new VirtualDisplay(`:${number.toString().trim()}`, server)
  }

  /** Of a process that shall see this display, and no other desktop there may be. */
  get env(): NodeJS.ProcessEnv {
    return { ...process.env, DISPLAY: this.name, WAYLAND_DISPLAY: '', XDG_SESSION_TYPE: 'x11' }
  }

  async press(...codes: string[]): Promise<void> {
    await this.#xdotool(...codes.flatMap((code) => ['keydown', `${X_CODES[code] ?? code}`]))
  }

  async release(...codes: string[]): Promise<void> {
    await this.#xdotool(...codes.flatMap((code) => ['keyup', `${X_CODES[code] ?? code}`]))
  }

  /** Moves the mouse: Xvfb hands on what its own timers made (repeats of a held key) with the next request. */
  async nudge(): Promise<void> {
    await this.#xdotool('mousemove', `${Math.floor(performance.now()) % 640}`, '9')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server.exitCode !== null || this.#server.signalCode !== null) return
    this.#server.kill('SIGKILL')
    await once(this.#server, 'exit')
  }

  async #xdotool(...args: string[]): Promise<void> {
    await execute('xdotool', args, { env: this.env })
  }
}
