import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TOY_TOKENS, writeHangingCtc, writeToyCtc, writeWrongShapeCtc } from '../../onnx/ctc.ts'

let root = ''

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'steno-toy-'))
})

afterAll(async () => {
  await rm(root, { recursive: true, force: true })
})

interface LogProbs {
  readonly dims: readonly number[]
  readonly data: Float32Array
}

/** Features that differ from frame to frame and, by `seed`, from call to call. */
function features(frames: number, seed = 1): Float32Array {
  return Float32Array.from({ length: frames * 64 }, (_, i) => Math.sin(seed * (1 + i) * (1 + (i % 64))))
}

async function open(write: (directory: string) => Promise<void>): Promise<InferenceSession> {
  const directory = await mkdtemp(join(root, 'model-'))
  await write(directory)
  return await InferenceSession.create(join(directory, 'model.onnx'), { intraOpNumThreads: 1 })
}

async function run(session: InferenceSession, input: Float32Array): Promise<LogProbs> {
  const { log_probs: output } = await session.run({
    features: new Tensor('float32', input, [1, input.length / 64, 64]),
  })
  if (!(output?.data instanceof Float32Array)) throw new TypeError('no log_probs')
  return { dims: output.dims, data: output.data }
}

function furthest(a: LogProbs, b: LogProbs): number {
  return a.data.reduce((most, x, i) => Math.max(most, Math.abs(x - (b.data[i] ?? NaN))), 0)
}

function bestTokens({ dims, data }: LogProbs): number[] {
  const [, steps = 0, tokens = 0] = dims
  return Array.from({ length: steps }, (_, step) => {
    const row = data.subarray(step * tokens, (step + 1) * tokens)
    return row.indexOf(Math.max(...row))
  })
}

describe('writeToyCtc', () => {
  it.each([1, 2, 3, 4, 5, 98, 299])(
    'gives one step for four of %i frames, rounded up twice',
    async (frames) => {
      const { dims } = await run(await open(writeToyCtc), features(frames))
      expect(dims).toEqual([1, Math.ceil(Math.ceil(frames / 2) / 2), TOY_TOKENS.length])
    },
  )

  it('gives a distribution at each step', async () => {
    const { dims, data } = await run(await open(writeToyCtc), features(98))
    const [, steps = 0, tokens = 0] = dims
    for (let step = 0; step < steps; step++) {
      const row = data.subarray(step * tokens, (step + 1) * tokens)
      expect(row.reduce((sum, x) => sum + Math.exp(x), 0)).toBeCloseTo(1, 5)
    }
  })

  it('answers the same to the same features, something else to others', async () => {
    const session = await open(writeToyCtc)
    const [once, again, other] = [
      await run(session, features(200)),
      await run(await open(writeToyCtc), features(200)),
      await run(session, features(200, 3)),
    ]
    expect(again).toEqual(once)
    expect(bestTokens(other)).not.toEqual(bestTokens(once))
    expect(new Set(bestTokens(once)).size).toBeGreaterThan(3)
  })

  it('writes a folder like the starter model’s', async () => {
    await writeToyCtc(join(root, 'mine'), { tokens: ['<blank>', '▁', 'a'] })
    const read = (name: string): Promise<string> => readFile(join(root, 'mine', name), 'utf8')
    expect(await read('tokens.txt')).toBe('<blank>\n▁\na\n')
    expect(JSON.parse(await read('config.json'))).toMatchObject({ family: 'ctc', blank: 0 })
    const session = await InferenceSession.create(join(root, 'mine', 'model.onnx'))
    expect((await run(session, features(8))).dims).toEqual([1, 2, 3])
    expect([session.inputNames, session.outputNames]).toEqual([['features'], ['log_probs']])
  })
})

describe('writeHangingCtc', () => {
  it('comes back as the toy does from an input it has patience for', async () => {
    const session = await open(writeHangingCtc)
    const toy = await open(writeToyCtc)
    expect(furthest(await run(session, features(150)), await run(toy, features(150)))).toBeLessThan(1e-5)
  })

  it('goes through all its rounds for one frame more', async () => {
    const withRounds = (iterations: number) => open((directory) => writeHangingCtc(directory, { iterations }))
    const toy = await run(await open(writeToyCtc), features(151))
    expect(furthest(await run(await withRounds(1), features(151)), toy)).toBeLessThan(1e-5)
    // Each further round halves the logits: a thousand leave none of them, and all tokens alike.
    const { data } = await run(await withRounds(1000), features(151))
    for (const logProb of data) expect(logProb).toBeCloseTo(-Math.log(TOY_TOKENS.length), 5)
  })
})

describe('writeWrongShapeCtc', () => {
  it('runs, but knows a token that tokens.txt does not', async () => {
    const { dims } = await run(await open(writeWrongShapeCtc), features(12))
    expect(dims).toEqual([1, 3, TOY_TOKENS.length + 1])
  })
})
