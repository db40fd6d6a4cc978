import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { Graph } from '../../../../src/engine/graph.ts'
import { listFolder } from '../../../../src/engine/models/folder.ts'
import { estimateBytes } from '../../../../src/engine/models/memory.ts'
import { FAMILY, type MoonshineStream } from '../../../../src/engine/models/moonshine-streaming.ts'
import { loadModel } from '../../../../src/engine/models/load.ts'
import { loadRuntime } from '../../../../src/engine/runtime.ts'
import { samplesOf, type Pcm } from '../../../../src/shared/audio.ts'
import { binaryPieces, streamingPieces, writeStreamingMoonshine } from '../../../onnx/moonshine-streaming.ts'
import { babble } from '../../../onnx/random.ts'
import { loadFamily } from './load-family.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

let published: string
beforeAll(async () => {
  published = mkdtempSync(join(tmpdir(), 'steno-test-'))
  await writeStreamingMoonshine(published)
})
afterAll(() => {
  rmSync(published, { recursive: true, force: true })
})

let folder: string
inOwnFolder((made) => {
  folder = made
})
beforeEach(() => {
  cpSync(published, folder, { recursive: true })
})
afterEach(() => {
  vi.restoreAllMocks()
})

interface Opener extends AsyncDisposable {
  open(): MoonshineStream
}

async function load(from = published): Promise<Opener> {
  const model: unknown = await loadFamily(FAMILY, from)
  if (isOpener(model)) return model
  throw new Error('it does not stream')
}

function isOpener(model: unknown): model is Opener {
  return typeof model === 'object' && model !== null && 'open' in model
}

interface Said {
  readonly tokens: readonly number[]
  readonly text: string
}

async function inPieces(model: Opener, pcm: Pcm, length: number): Promise<Said> {
  const decode = model.open()
  for (let at = 0; at < pcm.length; at += length) await decode.push(pcm.subarray(at, at + length))
  const { text } = await decode.finish()
  return { tokens: decode.tokens, text }
}

describe('a streaming Moonshine', () => {
  it('says the same of pieces of any length as of the whole', async () => {
    await using model = await load()
    for (const [seed, samples] of [
      [8, samplesOf(1.6)],
      [9, samplesOf(2.3) + 77],
    ] as const) {
      const pcm = babble(seed, samples)
      const whole = await inPieces(model, pcm, pcm.length)
      expect(whole.tokens.length).toBeGreaterThan(8)
      for (const length of [1, 79, 80, 81, 1280, 5000])
        expect([length, await inPieces(model, pcm, length)]).toEqual([length, whole])
    }
  })

  it('hears every stretch of audio once, and the encoder never more than its window', async () => {
    await using model = await load()
    const run = vi.spyOn(Graph.prototype, 'run')
    await inPieces(model, babble(3, samplesOf(6)), 512)
    const frames = run.mock.calls.flatMap(([{ features }]) => features?.dims[1] ?? [])
    // 32 frames to the left of 24 new ones, and 16 to the right.
    expect(Math.max(...frames)).toBe(32 + 24 + 16)
    expect(run.mock.calls.filter(([feeds]) => 'audio_chunk' in feeds)).toHaveLength(75)
    const memory = run.mock.calls.flatMap(([{ memory: read }]) => read?.dims[1] ?? [])
    // All 300 frames of 6 s, those that waited for what is behind them included.
    expect(memory.at(-1)).toBe(300)
    expect(memory.at(-2)).toBe(24 * Math.floor((300 - 16) / 24))
  })

  it('reads what it said again in one call, and what is new token by token', async () => {
    await using model = await load()
    const pcm = babble(8, samplesOf(4))
    const decode = model.open()
    for (let at = 0; at < pcm.length; at += 1280) await decode.push(pcm.subarray(at, at + 1280))
    const before = decode.tokensRead
    const run = vi.spyOn(Graph.prototype, 'run')
    await decode.finish()
    const [draft = 0, ...single] = run.mock.calls.flatMap(([{ token }]) => token?.dims[1] ?? [])
    expect(draft).toBeGreaterThan(8)
    expect(single.every((count) => count === 1)).toBe(true)
    expect(decode.tokensRead - before).toBe(draft + single.length)
  })

  it('has nothing to say to nothing, and does not need a whole frame', async () => {
    await using model = await load()
    expect(await model.open().finish()).toEqual({ text: '', words: [] })
    const words = await inPieces(model, babble(2, 100), 100)
    expect(words.tokens.length).toBeGreaterThan(0)
  })

  it('runs no graph once it is told to give up', async () => {
    await using model = await load()
    const decode = model.open()
    await decode.push(babble(2, samplesOf(1)))
    const run = vi.spyOn(Graph.prototype, 'run')
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(decode.push(babble(3, samplesOf(1)), signal)).rejects.toThrow('enough')
    await expect(decode.finish(signal)).rejects.toThrow('enough')
    expect(run).not.toHaveBeenCalled()
  })
})

describe('its folder', () => {
  it('is recognised by its settings, in either format', async () => {
    expect(existsSync(join(folder, 'encoder.ort'))).toBe(true)
    await using model = await loadModel(await loadRuntime(), { folder, vad: '', threads: 1 })
    expect(model.info).toMatchObject({ family: 'moonshine-streaming', language: 'en', maxSeconds: 15 })
    const said = (await model.transcribe(babble(8, samplesOf(2)))).text
    const other = join(folder, 'other')
    await writeStreamingMoonshine(other, { format: 'onnx' })
    await using same = await loadModel(await loadRuntime(), { folder: other, vad: '', threads: 1 })
    expect((await same.transcribe(babble(8, samplesOf(2)))).text).toBe(said)
  })

  it('says what memory it takes', async () => {
    const listing = await listFolder(folder)
    const verdict = await FAMILY.recognise(listing)
    if (verdict.kind !== 'fits') throw new Error('it does not fit')
    expect(verdict.graphs).toHaveLength(5)
    expect(estimateBytes(listing, verdict)).toBeGreaterThan(64 * 2 ** 20)
  })

  const config = (change: object): string =>
    JSON.stringify({
      ...{ encoder_dim: 16, decoder_dim: 16, depth: 2, nheads: 2, head_dim: 8, vocab_size: 96, bos_id: 1 },
      ...{ eos_id: 2, total_lookahead: 16, d_model_frontend: 12, c1: 10, c2: 16, ...change },
    })
  const write = (name: string, content: string | Uint8Array) => (): void => {
    writeFileSync(join(folder, name), content)
  }

  it.each([
    [
      'no adapter',
      'model-missing',
      'adapter.ort',
      () => {
        rmSync(join(folder, 'adapter.ort'))
      },
    ],
    [
      'no tokens',
      'model-missing',
      'tokenizer.bin',
      () => {
        rmSync(join(folder, 'tokenizer.bin'))
      },
    ],
    ['settings cut short', 'model-corrupt', 'streaming_config.json', write('streaming_config.json', '{')],
    [
      'settings without a field',
      'model-corrupt',
      'streaming_config.json',
      write('streaming_config.json', '{"depth":2}'),
    ],
    [
      'a depth of nothing',
      'model-corrupt',
      'streaming_config.json',
      write('streaming_config.json', config({ depth: 0 })),
    ],
    [
      'an encoder of another width',
      'model-mismatch',
      'frontend.ort',
      write('streaming_config.json', config({ encoder_dim: 18 })),
    ],
    [
      'a decoder of another vocabulary',
      'model-mismatch',
      'decoder_kv.ort',
      write('streaming_config.json', config({ vocab_size: 97 })),
    ],
    [
      'more tokens than the decoder',
      'model-mismatch',
      'tokenizer.bin',
      write('tokenizer.bin', binaryPieces(streamingPieces(97))),
    ],
    ['a damaged frontend', 'model-corrupt', 'frontend.ort', write('frontend.ort', new Uint8Array(64))],
    [
      'two graphs that changed places',
      'model-mismatch',
      'encoder.ort',
      () => {
        renameSync(join(folder, 'encoder.ort'), join(folder, 'x'))
        renameSync(join(folder, 'adapter.ort'), join(folder, 'encoder.ort'))
        renameSync(join(folder, 'x'), join(folder, 'adapter.ort'))
      },
    ],
  ])('with %s is refused, naming the file', async (_what, code, name, damage) => {
    damage()
    const refused: unknown = await load(folder).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code, file: join(folder, name) })
  })
})
