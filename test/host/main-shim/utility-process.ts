/**
 * `electron.utilityProcess`: real child processes under Node, each with the utility shim in front of the app's script.
 * Order and strictness follow electron_api_utility_process.cc and its spec.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import process from 'node:process'
import { PassThrough } from 'node:stream'
import type Electron from 'electron'
import { decode, encode } from '../shared/codec.ts'
import type { ChildFrame, ChildSetup } from '../shared/child-frames.ts'
import { nameProcess } from './app-metrics.ts'
import { type Death, exitCodeOf, goneDetails, launchFailed } from './child-death.ts'
import { type ForkPlan, nodeFlags, planFork } from './fork-options.ts'
import { FramePipe } from './frame-pipe.ts'
import { MessagePortMain, portHub, type RemotePlace } from './ports.ts'
import { isReady } from './ready.ts'

/** Chromium's EnsureProcessTerminated waits so long before it stops asking. */
const KILL_AFTER_MS = 2_000

/** After the death of a child what it wrote last may still be in the pipes; a grandchild may hold them open for ever. */
const DRAIN_MS = 200

const SHIM = `${import.meta.dirname}/../utility-shim/main.ts`
/** Before the app can put another path there. */
const NODE = process.execPath

let reportGone: (details: Electron.Details) => void = () => undefined

/** Says how `child-process-gone` is emitted; it follows the `exit` of the child. */
export function onChildGone(report: (details: Electron.Details) => void): void {
  reportGone = report
}

/** Not yet ended, waiting to be launched included; Electron keeps them from being collected just so. */
const living = new Set<UtilityProcess>()

/** The app has quit: every child is told to end, and `exit` says 0 at once (UtilityProcessWrapper::Shutdown). */
export function shutDownUtilityProcesses(): void {
  for (const child of living) child.shutDown()
}

type Members = 'kill' | 'pid' | 'postMessage' | 'stderr' | 'stdout'

class UtilityProcess extends EventEmitter implements Pick<Electron.UtilityProcess, Members> {
  pid: number | undefined
  stdout: PassThrough | null
  stderr: PassThrough | null
  readonly #plan: ForkPlan
  readonly #place: RemotePlace = {
    deliver: (id, frame) => {
      this.#send({ kind: 'port', id, frame })
    },
  }
  #child: ChildProcess | undefined
  #pipe: FramePipe | undefined
  /** Said before there was anybody to say it to. */
  readonly #early: ChildFrame[] = []
  #killed = false
  #ended = false

  constructor(plan: ForkPlan) {
    super()
    this.#plan = plan
    this.stdout = plan.stdout === 'pipe' ? new PassThrough() : null
    this.stderr = plan.stderr === 'pipe' ? new PassThrough() : null
    living.add(this)
    // Never in the same turn: until `spawn` there is no pid, and `kill` does nothing.
    setImmediate(() => {
      if (!this.#ended) this.#launch()
    })
  }

  postMessage(message: unknown, transfer?: MessagePortMain[]): void {
    if (this.#ended) return
    const data = encode(message)
    const list: readonly unknown[] = Array.isArray(transfer) ? transfer : []
    const valid = list.every((item) => item instanceof MessagePortMain)
    if (!valid) throw new TypeError('Invalid value for transfer')
    this.#send({ kind: 'message', data, ports: portHub.handOverAll(list, this.#place) })
  }

  kill(): boolean {
    const child = this.#child
    if (this.pid === undefined || child === undefined) return false
    this.#killed = child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS).unref()
    return this.#killed
  }

  shutDown(): void {
    this.#child?.kill('SIGTERM')
    this.#finish(0)
  }

  #launch(): void {
    const { script, args, execArgv, name, cwd, env, stdout, stderr } = this.#plan
    const { electron, chrome } = process.versions
    const setup: ChildSetup = { script, execArgv, versions: { electron, chrome } }
    const child = spawn(NODE, [...nodeFlags(execArgv), SHIM, JSON.stringify(setup), ...args], {
      cwd,
      env,
      stdio: ['ignore', stdout, stderr, 'pipe'],
    })
    this.#child = child
    if (this.stdout !== null) child.stdout?.pipe(this.stdout)
    if (this.stderr !== null) child.stderr?.pipe(this.stderr)
    child.once('spawn', () => {
      this.#spawned(child)
    })
    child.once('error', () => {
      if (this.pid === undefined) this.#finish(1, launchFailed(name))
    })
    child.once('exit', (code, signal) => {
      this.#died(child, { code, signal } as Death)
    })
  }

  #spawned(child: ChildProcess): void {
    if (this.#ended) return
    this.pid = child.pid
    nameProcess(child.pid ?? 0, this.#plan.name)
    this.#pipe = new FramePipe(child.stdio[3] as Socket, this.#receive)
    for (const frame of this.#early.splice(0)) this.#pipe.send(frame)
    this.emit('spawn')
  }

  #died(child: ChildProcess, death: Death): void {
    const finish = (): void => {
      this.#finish(exitCodeOf(death, this.#killed), goneDetails(death, this.#plan.name))
    }
    child.once('close', finish)
    setTimeout(finish, DRAIN_MS).unref()
  }

  #send(frame: ChildFrame): void {
    if (this.#pipe === undefined) this.#early.push(frame)
    else this.#pipe.send(frame)
  }

  readonly #receive = (frame: ChildFrame): void => {
    if (this.#ended) return
    if (frame.kind === 'port') portHub.receive(frame.id, frame.frame, this.#place)
    else this.emit('message', decode(frame.data))
  }

  /** The first of several reasons to end counts. The streams lose their listeners with `exit`, as in Electron. */
  #finish(code: number, gone?: Electron.Details): void {
    if (this.#ended) return
    this.#ended = true
    living.delete(this)
    this.pid = undefined
    this.#pipe?.close()
    portHub.dropped(this.#place)
    try {
      this.emit('exit', code)
    } finally {
      for (const stream of [this.stdout, this.stderr]) stream?.removeAllListeners()
      this.stdout = this.stderr = null
      if (gone !== undefined) reportGone(gone)
    }
  }
}

export const utilityProcess = {
  fork(modulePath, args, options) {
    const plan = planFork(modulePath, args, options)
    if (!isReady()) throw new TypeError('utilityProcess cannot be created before app is ready.')
    // It has the members of Electron's class without being one.
    const child: object = new UtilityProcess(plan)
    return child as Electron.UtilityProcess
  },
} satisfies Pick<typeof Electron.utilityProcess, 'fork'>
