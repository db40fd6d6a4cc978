import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { floatTensor, Graph } from '../../../../src/engine/graph.ts'
import { DecoderPair } from '../../../../src/engine/models/decoder-pair.ts'
import { listFolder } from '../../../../src/engine/models/folder.ts'
import { estimateBytes } from '../../../../src/engine/models/memory.ts'
import { lastRow } from '../../../../src/engine/models/merged-decoder.ts'
import { FAMILY } from '../../../../src/engine/models/whisper.ts'
import { loadRuntime } from '../../../../src/engine/runtime.ts'
import { samplesOf } from '../../../../src/shared/audio.ts'
import type { Wishes } from '../../../../src/shared/worker-frames.ts'
import { babble } from '../../../onnx/random.ts'
import { writeSherpaWhisper } from '../../../onnx/whisper-sherpa.ts'
import { writeToyWhisper } from '../../../onnx/whisper.ts'
import { loadFamily } from './load-family.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

const noise = babble(8, samplesOf(3))
let folder: string
inOwnFolder((made) => {
  folder = made
})
afterEach(() => {
  vi.restoreAllMocks()
})

async function said(wishes: Wishes, of = folder): Promise<Record<'text' | 'language' | 'fired', unknown>> {
  await using model = await loadFamily(FAMILY, of, wishes)
  const { text, language, fired } = await model.transcribe(noise)
  return { text, language, fired }
}

async function refusal(wishes: Wishes = {}): Promise<unknown> {
  return await loadFamily(FAMILY, folder, wishes).catch((error: unknown) => error)
}

describe('the layouts of Whisper', () => {
  it('say the same of the same weights', async () => {
    const seed = 5
    const [merged, apart, sherpa] = ['merged', 'apart', 'sherpa'].map((name) => join(folder, name))
    await writeToyWhisper(merged ?? '', { seed })
    await writeToyWhisper(apart ?? '', { seed, apart: true })
    await writeSherpaWhisper(sherpa ?? '', { seed })
    for (const wishes of [{}, { language: 'de', translate: true, vocabulary: ['Steno', 'Zamenhof'] }]) {
      const one = await said(wishes, merged)
      expect(String(one.text).length).toBeGreaterThan(20)
      expect(await said(wishes, apart)).toEqual(one)
      expect(await said(wishes, sherpa)).toEqual(one)
    }
  })
})

describe('a decoder in two graphs', () => {
  it('gives the same logits with its cache as without', async () => {
    await writeToyWhisper(folder, { apart: true })
    const ort = await loadRuntime()
    const [first = '', next = ''] = ['decoder_model', 'decoder_with_past_model'].map((stem) =>
      join(folder, 'onnx', `${stem}.onnx`),
    )
    await using decoder = await DecoderPair.open(ort, first, next, 1)
    const values = Float32Array.from({ length: 1500 * 16 }, (_, i) => Math.sin(i))
    const context = { encoder_hidden_states: floatTensor(ort, 'float32', values, [1, 1500, 16]) }
    const prompt = [50_258, 50_261, 50_359]
    const step = await decoder.advance(await decoder.advance(await decoder.start(context, prompt), 260), 700)
    const whole = lastRow(await decoder.start(context, [...prompt, 260, 700]))
    for (const [id, logit] of lastRow(step).entries())
      if (Math.abs(logit - (whole[id] ?? NaN)) > 1e-4) expect.fail(`token ${id}: ${logit}, ${whole[id] ?? 0}`)
  })

  it('counts with all three graphs, and is refused without one of them', async () => {
    await writeToyWhisper(folder, { apart: true })
    const listing = await listFolder(folder)
    expect(await FAMILY.recognise(listing)).toMatchObject({
      kind: 'fits',
      graphs: ['encoder_model', 'decoder_model', 'decoder_with_past_model'].map(
        (stem) => `onnx/${stem}.onnx`,
      ),
    })
    const file = join(folder, 'onnx', 'decoder_with_past_model.onnx')
    rmSync(file)
    expect(await refusal()).toMatchObject({ code: 'model-missing', file })
  })

  it('is refused when the two changed places', async () => {
    await writeToyWhisper(folder, { apart: true })
    const [first = '', next = ''] = ['decoder_model', 'decoder_with_past_model'].map((stem) =>
      join(folder, 'onnx', `${stem}.onnx`),
    )
    const bytes = readFileSync(first)
    renameSync(next, first)
    writeFileSync(next, bytes)
    expect(await refusal()).toMatchObject({ code: 'model-mismatch', file: first })
  })
})

describe('a Whisper folder of sherpa-onnx', () => {
  it('hears the audio and ten seconds of nothing, where its encoder takes any length', async () => {
    await writeSherpaWhisper(folder, { anyLength: true })
    const run = vi.spyOn(Graph.prototype, 'run')
    const { text } = await said({ language: 'en' })
    expect(String(text).length).toBeGreaterThan(20)
    const frames = run.mock.calls.flatMap(([{ mel }]) => mel?.dims[2] ?? [])
    expect(frames).toEqual([300 + 1000])
  })

  it.each([
    ['english', { kind: 'english', name: 'tiny.en' }, 'en'],
    ['a hundred languages', { kind: '100 languages', bands: 128, name: 'turbo' }, 'auto'],
  ] as const)('of %s is known by what its names end with', async (_what, toy, language) => {
    await writeSherpaWhisper(folder, toy)
    const listing = await listFolder(folder)
    const verdict = await FAMILY.recognise(listing)
    const graphs = ['encoder', 'decoder'].map((part) => `${toy.name}-${part}.onnx`)
    expect(verdict).toMatchObject({ kind: 'fits', graphs })
    if (verdict.kind !== 'fits') throw new Error('it does not fit')
    expect(estimateBytes(listing, verdict)).toBeGreaterThan(96 * 2 ** 20)
    await using model = await loadFamily(FAMILY, folder)
    expect(model.info).toMatchObject({ family: 'whisper', language, maxSeconds: 30 })
  })

  it.each([
    ['its decoder', 'tiny-decoder.onnx'],
    ['its tokens', 'tiny-tokens.txt'],
  ])('without %s is refused, naming the file', async (_what, name) => {
    await writeSherpaWhisper(folder)
    rmSync(join(folder, name))
    expect(await refusal()).toMatchObject({ code: 'model-missing', file: join(folder, name) })
  })

  it.each([
    ['tokens that are not in base64', 'model-corrupt', 'tiny-tokens.txt', 'a b c\n'],
    ['no tokens in its list', 'model-corrupt', 'tiny-tokens.txt', ''],
    ['a decoder cut short', 'model-corrupt', 'tiny-decoder.onnx', 'x'],
  ])('with %s is refused, naming the file', async (_what, code, name, content) => {
    await writeSherpaWhisper(folder)
    writeFileSync(join(folder, name), content)
    expect(await refusal()).toMatchObject({ code, file: join(folder, name) })
  })

  it('does not take a language it does not know', async () => {
    await writeSherpaWhisper(folder)
    expect(await refusal({ language: 'tlh' })).toMatchObject({ code: 'model-unsupported' })
  })
})
