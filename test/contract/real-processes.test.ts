/** What only a real process can prove; each case says what that is. Control flow proper is proven in memory. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { getPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { childProcessAdapter } from '../../src/cli/child-process-adapter.ts'
import { sileroPath, STARTER_MODEL, WORKER_ENTRY } from '../../src/cli/resources.ts'
import type { Log } from '../../src/shared/log.ts'
import { TUNING, type Tuning } from '../../src/shared/tuning.ts'
import { startTimeOf } from '../../src/supervisor/process-identity.ts'
import { openRunRecords } from '../../src/supervisor/run-records.ts'
import { Supervisor } from '../../src/supervisor/supervisor.ts'
import { systemClock } from '../../src/process/system-clock.ts'
import { countingPcm, expectedText, SEGMENT } from '../fakes/fake-engine.ts'
import { busyFor, childPids, gone } from '../fakes/proc.ts'
import { longSpeech, shortSpeech } from '../fakes/speech.ts'
import { writeHangingCtc } from '../onnx/ctc.ts'

const FAULTY = join(import.meta.dirname, '../fakes/faulty-worker.ts')
const LENGTH = 3 * SEGMENT + 777

let folder: string
const stack: Supervisor[] = []
const log: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steno-test-'))
  log.length = 0
})

afterEach(async () => {
  for (const supervisor of stack.splice(0)) await supervisor[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

interface Setup {
  readonly entry?: string
  readonly execArgv?: readonly string[]
  readonly tuning?: Partial<Tuning>
  readonly priority?: number
}

function supervise(model: string, { entry = FAULTY, execArgv, tuning, priority }: Setup = {}): Supervisor {
  const logLine: Log = (level, text) => void log.push(`${level} ${text}`)
  const supervisor = new Supervisor({
    adapter: childProcessAdapter(entry, { execArgv: execArgv ?? [] }),
    model: { folder: model, vad: sileroPath(), threads: 1 },
    clock: systemClock,
    tuning: { ...TUNING, restartAfterMs: [0], ...tuning },
    log: logLine,
    priority: priority ?? 0,
    records: openRunRecords(join(folder, 'records'), logLine),
  })
  stack.push(supervisor)
  return supervisor
}

async function transcribe(supervisor: Supervisor, samples = LENGTH): Promise<string> {
  const utterance = supervisor.open()
  for (let from = 0; from < samples; from += 4_000) {
    await utterance.write(countingPcm(from, Math.min(from + 4_000, samples)))
  }
  return (await utterance.finish()).text
}

// These look into /proc.
const onLinux = describe.runIf(process.platform === 'linux')

onLinux('a real worker process', () => {
  it.each([
    ['leaves by process.exit', 'exit-7', 'exit code 7', []],
    ['dies of a signal', 'segfault', 'SIGSEGV', []],
    ['runs out of memory', 'out-of-memory', 'SIGABRT', ['--max-old-space-size=48']],
  ])('that %s in the middle is replaced and the text is the same', async (_how, fault, exit, execArgv) => {
    const supervisor = supervise(`${fault}@${join(folder, 'once')}`, { execArgv })
    await expect(transcribe(supervisor)).resolves.toBe(expectedText(LENGTH))
    expect(supervisor.health.generation).toBe(2)
    expect(supervisor.health.lastFailure?.message).toContain(exit)
  })

  it('that loops for ever, deaf to every message, is killed and replaced', async () => {
    const supervisor = supervise(`busy-loop@${join(folder, 'once')}`, {
      tuning: { answerFloorMs: 300, answerPerAudio: 0 },
    })
    await expect(transcribe(supervisor)).resolves.toBe(expectedText(LENGTH))
    expect(supervisor.health.lastFailure?.code).toBe('worker-hung')
  })

  it('that exits while loading is reported with its code and its last words', async () => {
    const supervisor = supervise('load:exit-7')
    await expect(supervisor.start()).rejects.toMatchObject({
      code: 'worker-exited',
      file: 'load:exit-7',
      message: expect.stringContaining('exit code 7) while loading the model load:exit-7') as string,
      cause: expect.stringContaining('the faulty worker is loading') as string,
    })
  })

  it('that never gets ready is gone after the start deadline', async () => {
    const supervisor = supervise('load:never-answers', { tuning: { startDeadlineMs: 400 } })
    await expect(supervisor.start()).rejects.toMatchObject({ code: 'start-timeout' })
    expect(childPids(process.pid)).toEqual([])
  })

  it('that cannot load the inference library is one clear error', async () => {
    const hook = `import { registerHooks } from 'node:module'
      registerHooks({ resolve(name, context, next) {
        if (name === 'onnxruntime-node') throw new Error('libonnxruntime.so.1: cannot open shared object file')
        return next(name, context)
      } })`
    const execArgv = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`]
    const supervisor = supervise(STARTER_MODEL, { entry: WORKER_ENTRY, execArgv })
    await expect(supervisor.start()).rejects.toMatchObject({
      code: 'runtime-missing',
      message: expect.stringContaining('libonnxruntime.so.1') as string,
      hint: expect.stringContaining('Install Steno again') as string,
    })
    expect(childPids(process.pid)).toEqual([])
  })

  it('leaves no handle in its parent, life after life', async () => {
    const lives = async (count: number): Promise<number> => {
      for (let life = 0; life < count; life++) {
        const supervisor = supervise('well')
        await transcribe(supervisor, 100)
        await supervisor[Symbol.asyncDispose]()
      }
      return readdirSync('/proc/self/fd').length
    }
    const first = await lives(2)
    expect(await lives(8)).toBe(first)
  })

  it('gets the priority it was given', async () => {
    const supervisor = supervise('well', { priority: 10 })
    await supervisor.start()
    expect(getPriority(supervisor.health.pid ?? 0)).toBe(10)
  })
})

onLinux('native inference that never returns', () => {
  const setup: Setup = { entry: WORKER_ENTRY, tuning: { answerFloorMs: 1_000, answerPerAudio: 0 } }

  it('is ended by a kill; the recording is set aside, and the next one works', async () => {
    await writeHangingCtc(join(folder, 'model'))
    const supervisor = supervise(join(folder, 'model'), setup)
    const utterance = supervisor.open()
    await utterance.write(await longSpeech())
    await expect(utterance.finish()).rejects.toMatchObject({ code: 'utterance-set-aside' })
    expect(utterance.remains().audio.length).toBe((await longSpeech()).length)
    const next = supervisor.open()
    await next.write(await shortSpeech())
    await expect(next.finish()).resolves.toBeDefined()
  })

  it('does not delay shutdown: asked, killed after a second, no child and no file left', async () => {
    await writeHangingCtc(join(folder, 'model'))
    const supervisor = supervise(join(folder, 'model'), { entry: WORKER_ENTRY })
    await supervisor.start()
    const utterance = supervisor.open()
    void utterance.write(await longSpeech())
    const finished = expect(utterance.finish()).rejects.toMatchObject({ code: 'disposed' })
    await busyFor(supervisor.health.pid ?? 0, 0.5)
    await supervisor[Symbol.asyncDispose]()
    await finished
    expect(log).toContain('info worker 1: ended, killed by SIGKILL')
    expect(childPids(process.pid)).toEqual([])
    expect(existsSync(join(folder, 'records'))).toBe(false)
    expect(log.filter((line) => line.includes('shutdown'))).toHaveLength(5)
  })

  it('does not outlive a parent that is killed', async () => {
    await writeHangingCtc(join(folder, 'model'))
    const parent = spawn(
      process.execPath,
      [join(import.meta.dirname, '../fakes/doomed-parent.ts'), join(folder, 'model')],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, TMPDIR: folder },
      },
    )
    const pid = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)))
    expect(startTimeOf(pid)).toBeDefined()
    parent.kill('SIGKILL')
    await expect(gone(pid, 2_000)).resolves.toBe(true)
    // The parent could not clear its record; the next start does.
    const records = join(folder, readdirSync(folder).find((name) => name.startsWith('steno-')) ?? '')
    expect(readdirSync(records)).toHaveLength(1)
    openRunRecords(records, () => undefined)[Symbol.dispose]()
    expect(existsSync(records)).toBe(false)
  })
})
