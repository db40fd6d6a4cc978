/** Real child processes under the utility shim; what the conformance suite asks of the whole host, asked of this part. */
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Electron from 'electron'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PortMessageEvent } from '../../host/main-shim/message-port.ts'
import { MessageChannelMain, type MessagePortMain } from '../../host/main-shim/ports.ts'
import { markReady } from '../../host/main-shim/ready.ts'
import {
  onChildGone,
  shutDownUtilityProcesses,
  utilityProcess,
} from '../../host/main-shim/utility-process.ts'

let folder = ''
const gone: Electron.Details[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steno-utility-'))
  onChildGone((details) => gone.push(details))
})
afterEach(() => {
  shutDownUtilityProcesses()
  gone.length = 0
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

let scripts = 0

function script(source: string, extension = 'cjs'): string {
  const path = join(folder, `script-${scripts++}.${extension}`)
  writeFileSync(path, source)
  return path
}

/** The typings know no call without options. */
function fork(
  path: string,
  args: string[] = [],
  options: Electron.ForkOptions = {},
): Electron.UtilityProcess {
  return utilityProcess.fork(path, args, options)
}

const ECHO = `process.parentPort.on('message', ({ data }) => process.parentPort.postMessage(data))`

/** A child that says `what` evaluates to. */
function saying(what: string, ...rest: [args?: string[], options?: Electron.ForkOptions]): Promise<unknown> {
  return nextOf(fork(script(`process.parentPort.postMessage(${what})`), ...rest), 'message')
}

async function nextOf(child: Electron.UtilityProcess, event: string): Promise<unknown> {
  const [value] = (await once(child, event)) as unknown[]
  return value
}

/** Forks and waits until the script runs. */
async function running(source: string, options: Electron.ForkOptions = {}): Promise<Electron.UtilityProcess> {
  const child = fork(script(`${source};process.parentPort.postMessage('up')`), [], options)
  await nextOf(child, 'message')
  return child
}

describe('fork', () => {
  it('refuses before app is ready, and works after', async () => {
    const path = script('process.exit(0)')
    expect(() => fork(path)).toThrow(new TypeError('utilityProcess cannot be created before app is ready.'))
    markReady()
    expect(await nextOf(fork(path), 'exit')).toBe(0)
  })

  it('has no pid and cannot be killed before spawn; after exit neither', async () => {
    const child = fork(script(''))
    await Promise.resolve()
    expect([child.pid, child.kill()]).toEqual([undefined, false])
    await once(child, 'spawn')
    expect(child.pid).toBeTypeOf('number')
    expect(child.kill()).toBe(true)
    let pidAtExit: unknown = 'not asked'
    child.once('exit', () => (pidAtExit = child.pid))
    expect(await nextOf(child, 'exit')).toBe(0)
    expect([pidAtExit, child.kill()]).toEqual([undefined, false])
  })

  it.each([
    [`[process.argv.slice(2), process.type, typeof process.send, process.execArgv]`, [['--a', 'b'], 'utility', 'undefined', []]], // prettier-ignore
    [`require('electron').parentPort === process.parentPort`, true],
    [`process.cwd()`, tmpdir()],
    [`process.env.GIVEN`, 'yes'],
  ])('gives the script %s', async (what, expected) => {
    const env = { GIVEN: 'yes', PATH: process.env['PATH'] ?? '' }
    expect(await saying(what, ['--a', 'b'], { cwd: tmpdir(), env })).toEqual(expected)
  })

  it('passes V8 flags in the form that Electron takes', async () => {
    const execArgv = ['--js-flags=--max-old-space-size=64 --expose-gc']
    const what = `[typeof gc, require('node:v8').getHeapStatistics().heap_size_limit < 5e8, process.execArgv]`
    expect(await saying(what, [], { execArgv })).toEqual(['function', true, execArgv])
  })

  it('runs ES modules, from a path that needs escaping, with electron to import', async () => {
    const path = join(folder, 'with space & #.mjs')
    writeFileSync(path, `import { parentPort } from 'electron'; parentPort.postMessage(import.meta.url)`)
    expect(await nextOf(fork(path), 'message')).toContain('with%20space')
  })

  it('says by name what Electron has there and the host has not', async () => {
    const what = `(() => { try { require('electron').net.fetch } catch (error) { return error.message } })()`
    expect(await saying(what)).toContain('NotInHost: electron.net')
  })
})

describe('messages', () => {
  it('that were posted before spawn wait, in order, also for a script that listens late', async () => {
    const late = script(`setImmediate(() => setImmediate(() => { ${ECHO} }))`)
    const child = fork(late)
    const heard: unknown[] = []
    child.on('message', (message) => heard.push(message))
    for (const message of [1, new Float32Array([0.5]), { three: undefined }]) child.postMessage(message)
    await once(child, 'spawn')
    child.postMessage('last')
    while (heard.length < 4) await once(child, 'message')
    expect(heard).toEqual([1, new Float32Array([0.5]), { three: undefined }, 'last'])
  })

  it('go one by one to listeners that come and go', async () => {
    const child = fork(
      script(`
        const { parentPort } = process
        parentPort.once('message', ({ data: first }) =>
          setImmediate(() => parentPort.once('message', ({ data }) => parentPort.postMessage([first, data]))))`),
    )
    child.postMessage('a')
    child.postMessage('b')
    expect(await nextOf(child, 'message')).toEqual(['a', 'b'])
  })

  it('of a megabyte arrive whole', async () => {
    const child = fork(script(ECHO))
    const message = { pcm: new Float32Array(300_000).map((_, i) => i), text: 'é\n"'.repeat(1000) }
    child.postMessage(message)
    expect(await nextOf(child, 'message')).toEqual(message)
  })

  it('said right before the end are heard before exit', async () => {
    const child = fork(
      script(`for (let i = 0; i < 50; i++) process.parentPort.postMessage(i); process.exit(3)`),
    )
    const heard: unknown[] = []
    child.on('message', (message) => heard.push(message))
    expect(await nextOf(child, 'exit')).toBe(3)
    expect(heard).toHaveLength(50)
  })

  it('that cannot be cloned are refused on both sides', async () => {
    const child = fork(
      script(
        `try { process.parentPort.postMessage(() => 1) } catch (error) { process.parentPort.postMessage(error) }`,
      ),
    )
    expect(() => {
      child.postMessage(() => 1)
    }).toThrow('An object could not be cloned.')
    expect(await nextOf(child, 'message')).toEqual(new Error('An object could not be cloned.'))
  })

  it('refuse to transfer what is no port, ignore a list that is none', async () => {
    const child = fork(script(ECHO))
    expect(() => {
      child.postMessage(1, [new ArrayBuffer(1)] as never)
    }).toThrow(new TypeError('Invalid value for transfer'))
    child.postMessage('sent', 'nonsense' as never)
    expect(await nextOf(child, 'message')).toBe('sent')
  })

  it('to a child that has exited do nothing', async () => {
    const child = fork(script('process.exit(0)'))
    await once(child, 'exit')
    child.postMessage(() => 'not even cloned')
  })
})

describe('ports', () => {
  it('work in the child, which hands them on, and close with it', async () => {
    const child = fork(
      script(`
        process.parentPort.on('message', ({ ports: [way, passenger] }) => {
          way.on('message', ({ data }) => way.postMessage(data * 2, [passenger]))
          way.start()
        })`),
    )
    const way = new MessageChannelMain()
    const far = new MessageChannelMain()
    child.postMessage('take', [way.port2, far.port2] as never)
    way.port1.postMessage(21)
    const { data, ports } = await heardBy(way.port1)
    expect(data).toBe(42)
    far.port1.postMessage('through main, child and main')
    expect(await heardBy(ports[0] ?? way.port1)).toMatchObject({ data: 'through main, child and main' })
    const closed = once(way.port1, 'close')
    child.kill()
    await closed
  })
})

async function heardBy(port: MessagePortMain): Promise<PortMessageEvent> {
  const heard = once(port, 'message')
  port.start()
  const [event] = (await heard) as [PortMessageEvent]
  return event
}

describe('streams', () => {
  it('are null unless piped', async () => {
    const child = fork(script(''), [], { stdio: 'ignore' })
    expect([child.stdout, child.stderr]).toEqual([null, null])
    await once(child, 'spawn')
    child.kill()
    await once(child, 'exit')
  })

  it('give all that was written before exit, and are null after it', async () => {
    const child = fork(
      script(`process.stdout.write('x'.repeat(10_000)); console.error('bad'); process.exit(1)`),
      [],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let [out, err] = ['', '']
    child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()))
    expect(await nextOf(child, 'exit')).toBe(1)
    expect([out.length, err]).toEqual([10_000, 'bad\n'])
    expect([child.stdout, child.stderr]).toEqual([null, null])
  })
})

describe('the end', () => {
  it.each<[string, number, Partial<Electron.Details> | undefined]>([
    ['process.exit(0)', 0, undefined],
    ['process.exit(7)', 7, { reason: 'abnormal-exit', exitCode: 7 << 8 }],
    ['throw new Error("on purpose")', 1, { reason: 'abnormal-exit' }],
    ['setTimeout(() => { throw new Error("later") })', 1, { reason: 'abnormal-exit' }],
    ['process.abort()', 6, { reason: 'crashed', exitCode: 6 }],
    ['process.kill(process.pid, "SIGSEGV")', 11, { reason: 'crashed', exitCode: 11 }],
    ['process.kill(process.pid, "SIGKILL")', 9, { reason: 'killed', exitCode: 9 }],
  ])('of %s is told as %i', async (source, code, details) => {
    const child = fork(script(source), [], { stdio: 'ignore', serviceName: 'Listener' })
    expect(await nextOf(child, 'exit')).toBe(code)
    const common = { type: 'Utility', serviceName: 'node.mojom.NodeService', name: 'Listener' }
    expect(gone).toEqual(details === undefined ? [] : [expect.objectContaining({ ...common, ...details })])
  })

  it('of a script that does not exist is code 1; extensions are not guessed', async () => {
    const path = script('process.exit(0)', 'js')
    for (const missing of ['/nowhere/at-all.cjs', path.slice(0, -3)]) {
      expect(await nextOf(fork(missing, [], { stdio: 'ignore' }), 'exit')).toBe(1)
    }
  })

  it('of a child that cannot be started is told', async () => {
    const child = fork(script(''), [], { cwd: '/nowhere' })
    expect(await nextOf(child, 'exit')).toBe(1)
    expect(gone).toMatchObject([{ reason: 'launch-failed', name: 'Node Utility Process' }])
  })

  it('does not come by itself, nor from a rejection that nobody handles', async () => {
    const child = await running(`Promise.reject(new Error('unhandled'))`, { stdio: 'ignore' })
    process.kill(child.pid ?? 0, 'SIGTERM')
    expect(await nextOf(child, 'exit')).toBe(15)
    expect(gone).toMatchObject([{ reason: 'killed', exitCode: 15 }])
  })

  it('by kill reads 0, also of a child that does not listen to SIGTERM', async () => {
    const child = await running(`process.on('SIGTERM', () => {})`)
    child.kill()
    expect(await nextOf(child, 'exit')).toBe(0)
    expect(gone).toMatchObject([{ reason: 'killed', exitCode: 9 }])
  })

  it('by kill reads the code of a child that answers SIGTERM with its own', async () => {
    const child = await running(`process.on('SIGTERM', () => process.exit(5))`)
    child.kill()
    expect(await nextOf(child, 'exit')).toBe(5)
  })

  it('comes with the end of the app: exit 0 at once, and the process goes', async () => {
    const child = await running('')
    const pid = child.pid ?? 0
    let code: unknown
    child.once('exit', (value: number) => (code = value))
    shutDownUtilityProcesses()
    expect(code).toBe(0)
    await expect.poll(() => alive(pid)).toBe(false)
  })
})

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
