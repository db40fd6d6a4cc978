/** The commands as people run them: real processes, real files, exit codes, and what is left afterwards. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { encodeWav } from '../../src/audio/write-wav.ts'
import { STARTER_MODEL } from '../../src/cli/resources.ts'
import { wordErrorRate } from '../../src/shared/scoring.ts'
import { childPids, gone } from '../fakes/proc.ts'
import { speechClips, readPcm } from '../fakes/speech.ts'
import { inOwnFolder } from '../fakes/own-folder.ts'

const CLI = join(import.meta.dirname, '../../src/cli')
const [first, second] = speechClips().filter(({ seconds }) => seconds < 3)

let folder: string
inOwnFolder((made) => {
  folder = made
})

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

async function run(command: string, args: readonly string[], input?: Uint8Array): Promise<Ended> {
  const child = spawn(process.execPath, [join(CLI, `${command}.ts`), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: folder },
  })
  child.stdin.end(input)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, stdout, stderr }
}

describe('transcribe', () => {
  it('prints the words of each file, named when there are several', async () => {
    const { code, stdout, stderr } = await run('transcribe', [first?.path ?? '', second?.path ?? ''])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.split('\n').map((line) => line.split(': ')[0])).toEqual([first?.path, second?.path, ''])
  })

  it('prints one JSON object a line with word times inside the clip', async () => {
    const { stdout } = await run('transcribe', ['--format', 'json', first?.path ?? '', second?.path ?? ''])
    const results = stdout
      .trim()
      .split('\n')
      .map(
        (line) =>
          JSON.parse(line) as {
            text: string
            durationSeconds: number
            words: { text: string; start: number; end: number }[]
          },
      )
    expect(results).toHaveLength(2)
    for (const { text: words, durationSeconds, words: timed } of results) {
      expect(timed.map((word) => word.text).join(' ')).toBe(words)
      const times = timed.flatMap(({ start, end }) => [start, end])
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      expect(times.at(-1)).toBeLessThanOrEqual(durationSeconds + 0.04)
    }
  })

  it('reads raw sound from standard input as it reads the file', async () => {
    const pcm = await readPcm(first?.path ?? '')
    const raw = encodeWav(pcm).subarray(44)
    const [piped, file] = await Promise.all([
      run('transcribe', ['--stdin'], raw),
      run('transcribe', [first?.path ?? '']),
    ])
    expect(piped).toEqual(file)
  })

  it('gives every bad file one clear line, and the good one its words', async () => {
    const good = readFileSync(first?.path ?? '')
    const files: Record<string, Uint8Array | string> = {
      'empty.wav': '',
      'text.wav': 'Dear diary, this is no sound at all.\n'.repeat(20),
      'header.wav': good.subarray(0, 30),
      'no-samples.wav': good.subarray(0, 44),
      'nan.wav': floatWav(new Float32Array(32_000).fill(NaN)),
    }
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    mkdirSync(join(folder, 'directory.wav'))
    const bad = [...Object.keys(files), 'directory.wav', 'missing.wav'].map((name) => join(folder, name))
    const { code, stdout, stderr } = await run('transcribe', [...bad, first?.path ?? ''])
    expect(code).toBe(1)
    expect(stdout.split('\n').find((line) => line.startsWith(first?.path ?? ''))?.length).toBeGreaterThan(60)
    for (const file of bad) {
      const lines = stderr.split('\n').filter((line) => line.includes(file))
      expect(lines.length, `${file}: ${lines.join('|')}`).toBeGreaterThanOrEqual(1)
      expect(lines[0]).not.toMatch(/\n\s+at |undefined|\[object/)
    }
  })

  it('reads what is there when the header lies about the length, and says so', async () => {
    const lying = Buffer.from(readFileSync(first?.path ?? ''))
    lying.writeUInt32LE(lying.readUInt32LE(40) * 3, 40)
    writeFileSync(join(folder, 'lying.wav'), lying)
    const [lied, honest] = await Promise.all([
      run('transcribe', [join(folder, 'lying.wav')]),
      run('transcribe', [first?.path ?? '']),
    ])
    expect(lied.code).toBe(0)
    expect(lied.stdout).toBe(honest.stdout)
    expect(lied.stderr).toMatch(/header/)
  })

  it.each([
    ['the command line', 2, ['--format', 'docx', 'a.wav'], () => undefined],
    ['a model folder that is not there', 3, ['--model', 'MODEL', 'FILE'], () => undefined],
    [
      'a model file missing',
      3,
      ['--model', 'MODEL', 'FILE'],
      (model: string) => {
        copyModel(model)
        rmSync(join(model, 'model.onnx'))
      },
    ],
    [
      'tokens missing',
      3,
      ['--model', 'MODEL', 'FILE'],
      (model: string) => {
        copyModel(model)
        rmSync(join(model, 'tokens.txt'))
      },
    ],
    [
      'a model cut short',
      3,
      ['--model', 'MODEL', 'FILE'],
      (model: string) => {
        copyModel(model)
        truncateSync(join(model, 'model.onnx'), 1e6)
      },
    ],
    [
      'tokens that do not match',
      3,
      ['--model', 'MODEL', 'FILE'],
      (model: string) => {
        copyModel(model)
        truncateSync(join(model, 'tokens.txt'), 700)
      },
    ],
    [
      'settings that are no JSON',
      3,
      ['--model', 'MODEL', 'FILE'],
      (model: string) => {
        copyModel(model)
        truncateSync(join(model, 'config.json'), 100)
      },
    ],
  ])('says in one line what is wrong with %s', async (_what, code, args, prepare) => {
    const model = join(folder, 'model')
    prepare(model)
    const ended = await run(
      'transcribe',
      args.map((arg) => arg.replace('MODEL', model).replace('FILE', first?.path ?? '')),
    )
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toMatch(/^steno: .+\n$/)
    if (code === 3) expect(ended.stderr).toContain(model)
  })

  it('leaves nothing behind after Ctrl-C', async () => {
    const files = speechClips().map(({ path }) => path)
    const child = spawn(process.execPath, [join(CLI, 'transcribe.ts'), ...files], {
      env: { ...process.env, TMPDIR: folder },
    })
    await once(child.stdout, 'data')
    const workers = childPids(child.pid ?? 0)
    expect(workers).toHaveLength(1)
    child.kill('SIGINT')
    await once(child, 'close')
    expect(child.exitCode).toBe(130)
    for (const pid of workers) await expect(gone(pid, 0)).resolves.toBe(true)
  })
})

describe('the other commands', () => {
  it('doctor finds this machine well', async () => {
    const { code, stdout } = await run('doctor', [])
    expect(stdout).toContain('Steno is well.')
    expect(stdout).not.toContain('FAIL')
    expect(code).toBe(0)
  })

  it('start prints the words of the bundled clip', async () => {
    const { code, stdout } = await run('start', [])
    const said = (label: string): string =>
      stdout
        .split('\n')
        .find((line) => line.startsWith(label))
        ?.slice(label.length) ?? ''
    const { errors, words } = wordErrorRate(said('spoken:'), said('heard:'))
    expect(code).toBe(0)
    expect(words).toBeGreaterThan(4)
    expect(errors / words).toBeLessThan(0.5)
  })
})

function copyModel(to: string): void {
  mkdirSync(to)
  for (const name of ['config.json', 'model.onnx', 'tokens.txt', 'lm.ngrams'])
    copyFileSync(join(STARTER_MODEL, name), join(to, name))
}

/** 32 bit float, mono, 16 kHz. */
function floatWav(samples: Float32Array): Uint8Array {
  const header = Buffer.from(encodeWav(new Float32Array(samples.length)).subarray(0, 44))
  header.writeUInt32LE(36 + samples.byteLength, 4)
  header.writeUInt16LE(3, 20)
  header.writeUInt32LE(64_000, 28)
  header.writeUInt16LE(4, 32)
  header.writeUInt16LE(32, 34)
  header.writeUInt32LE(samples.byteLength, 40)
  return Buffer.concat([header, new Uint8Array(samples.buffer)])
}
