import {
  cpSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  unlinkSync,
  copyFileSync,
  writeFileSync,
  readFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Wishes } from '../../../../src/shared/worker-frames.ts'
import { listFolder } from '../../../../src/engine/models/folder.ts'
import { loadModel } from '../../../../src/engine/models/load.ts'
import { lastRow, MergedDecoder } from '../../../../src/engine/models/merged-decoder.ts'
import { seq2seqFiles } from '../../../../src/engine/models/seq2seq-files.ts'
import { whisperPrompt } from '../../../../src/engine/models/whisper-prompt.ts'
import { readWhisperSettings } from '../../../../src/engine/models/whisper-settings.ts'
import { floatTensor } from '../../../../src/engine/graph.ts'
import { loadRuntime } from '../../../../src/engine/runtime.ts'
import { samplesOf } from '../../../../src/shared/audio.ts'
import { whisperIds, writeToyWhisper, type ToyWhisperOptions } from '../../../onnx/whisper.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

/** One without a script; writing one takes a second. */
let plain: string
beforeAll(async () => {
  plain = mkdtempSync(join(tmpdir(), 'steno-test-'))
  await writeToyWhisper(plain)
})
afterAll(() => {
  rmSync(plain, { recursive: true, force: true })
})

let folder: string
inOwnFolder((made) => {
  folder = made
})

async function load(wishes: Wishes = {}): ReturnType<typeof loadModel> {
  return await loadModel(await loadRuntime(), { folder, vad: '', threads: 1, wishes })
}

const noise = Float32Array.from({ length: samplesOf(2) }, (_, index) => Math.sin(index * index))
const { end, noTimestamps, firstTimestamp } = whisperIds()
/** ` Steno`, and two fillers that begin with a space. */
const [STENO, ONE, TWO] = [260, 262, 263]
const GERMAN = 50_261

/** Says these after the prompt of `prompt` tokens; the language is found on the first. */
function saying(tokens: readonly number[], prompt = 4, language = GERMAN): ToyWhisperOptions {
  const script = [language, ...new Array<number>(prompt - 2).fill(-1), ...tokens, end]
  return { script }
}

describe('a Whisper folder', () => {
  it('says what its script has, in the language it finds, with words inside the audio', async () => {
    await writeToyWhisper(folder, saying([STENO, ONE, TWO]))
    await using model = await load()
    const { text, words, language, truncated } = await model.transcribe(noise)
    expect({ text, language, truncated }).toEqual({
      text: 'Steno qb qc',
      language: 'de',
      truncated: undefined,
    })
    expect(words.map((word) => word.text)).toEqual(['Steno', 'qb', 'qc'])
    expect([words[0]?.start, words.at(-1)?.end]).toEqual([0, 2])
    expect(words.every((word) => word.confidence > 0.9)).toBe(true)
    expect(model.info).toMatchObject({ family: 'whisper', language: 'auto', maxSeconds: 30 })
  })

  it('keeps to the language it is locked to, and names the vocabulary that fired', async () => {
    // The vocabulary comes before the start: its mark, “ Steno”, and the comma, space and word that follow it.
    cpSync(plain, folder, { recursive: true })
    const settings = await readWhisperSettings(folder)
    const wishes = { language: 'fr', vocabulary: ['Steno', 'Zamenhof'] }
    const prompt = whisperPrompt(settings, wishes, false)
    await writeToyWhisper(folder, saying([STENO, ONE], prompt.length))
    await using model = await load(wishes)
    const { text, language, fired } = await model.transcribe(noise)
    expect({ text, language, fired }).toEqual({ text: 'Steno qb', language: 'fr', fired: ['Steno'] })
  })

  it('is cut back where it loops, and says so', async () => {
    await writeToyWhisper(folder, saying([ONE, ...new Array<number>(40).fill(TWO)]))
    await using model = await load()
    expect(await model.transcribe(noise)).toMatchObject({ text: 'qb qc', truncated: true })
  })

  it('hears more than 30 s window by window, from where its timestamps left off', async () => {
    const at = (seconds: number): number => firstTimestamp + Math.round(seconds / 0.02)
    await writeToyWhisper(folder, saying([at(0), ONE, at(10), at(10), TWO, at(20), at(21), STENO], 3))
    await using model = await load()
    const { text, words } = await model.transcribe(new Float32Array(samplesOf(45)).fill(0.1))
    // What was left open at 21 s is heard again from 20 s on, which is a window of 25 s and the last.
    expect(text).toBe('qb qc qb qc Steno')
    expect(words.map(({ start, end: to }) => [start, to])).toEqual([
      [0, 10],
      [10, 20],
      [20, 30],
      [30, 40],
      [41, 45],
    ])
  })

  it.each(['english', '99 languages', '100 languages'] as const)('of %s has its prompt', async (kind) => {
    await writeToyWhisper(folder, { kind, bands: kind === '100 languages' ? 128 : 80 })
    const settings = await readWhisperSettings(folder)
    const ids = whisperIds(kind)
    const prompt = whisperPrompt(settings, { language: 'de', translate: true }, false)
    const task = kind === 'english' ? [] : [ids.start + 3, ids.noTimestamps - 5]
    expect(prompt).toEqual([ids.start, ...task, ids.noTimestamps])
    expect(settings.tokens.languages.size).toBe(
      { english: 0, '99 languages': 99, '100 languages': 100 }[kind],
    )
  })

  it('in half precision says the same', async () => {
    await writeToyWhisper(folder, { ...saying([STENO, ONE]), type: 'float16', precision: 'fp16' })
    await using model = await load()
    expect(await model.transcribe(noise)).toMatchObject({ text: 'Steno qb' })
  })

  it('is opened in the precision that serves a CPU best', async () => {
    cpSync(plain, folder, { recursive: true })
    for (const suffix of ['_fp16', '_q4', '_quantized']) {
      for (const stem of ['encoder_model', 'decoder_model_merged'])
        writeFileSync(join(folder, 'onnx', `${stem}${suffix}.onnx`), '')
    }
    expect(seq2seqFiles(await listFolder(folder))).toEqual({
      encoder: 'onnx/encoder_model_quantized.onnx',
      decoder: 'onnx/decoder_model_merged_quantized.onnx',
    })
  })

  it.each([
    [
      'no encoder',
      'model-missing',
      (): void => {
        unlinkSync(graph('encoder_model'))
      },
    ],
    [
      'no decoder',
      'model-missing',
      (): void => {
        unlinkSync(graph('decoder_model_merged'))
      },
    ],
    [
      'no tokenizer',
      'model-missing',
      (): void => {
        unlinkSync(join(folder, 'tokenizer.json'))
      },
    ],
    [
      'half an encoder',
      'model-corrupt',
      (): void => {
        truncateSync(graph('encoder_model'), 5000)
      },
    ],
    [
      'half a tokenizer',
      'model-corrupt',
      (): void => {
        truncateSync(join(folder, 'tokenizer.json'), 5000)
      },
    ],
    [
      'half of its settings',
      'model-corrupt',
      (): void => {
        truncateSync(join(folder, 'config.json'), 50)
      },
    ],
    [
      'half of its other settings',
      'model-corrupt',
      (): void => {
        truncateSync(join(folder, 'generation_config.json'), 50)
      },
    ],
    [
      'an encoder for a decoder',
      'model-mismatch',
      (): void => {
        copyFileSync(graph('encoder_model'), graph('decoder_model_merged'))
      },
    ],
    [
      '96 mel bands',
      'model-unsupported',
      (): void => {
        settle({ num_mel_bins: 96 })
      },
    ],
    [
      'more than the machine can hold',
      'model-unsupported',
      (): void => {
        settle({ decoder_layers: 1e9 })
      },
    ],
    [
      'another kind of model',
      'model-unsupported',
      (): void => {
        settle({ model_type: 'bert' })
      },
    ],
  ] as const)('with %s is refused, naming a file in it', async (_what, code, change) => {
    cpSync(plain, folder, { recursive: true })
    change()
    await expect(load()).rejects.toMatchObject({ code, file: expect.stringContaining(folder) as string })
  })

  it('does not take a language it does not know', async () => {
    cpSync(plain, folder, { recursive: true })
    await expect(load({ language: 'tlh' })).rejects.toMatchObject({ code: 'model-unsupported' })
  })
})

describe('the merged decoder', () => {
  it('gives the same logits with its cache as without', async () => {
    cpSync(plain, folder, { recursive: true })
    const ort = await loadRuntime()
    await using decoder = await MergedDecoder.open(ort, graph('decoder_model_merged'), 1)
    const hidden = floatTensor(
      ort,
      'float32',
      Float32Array.from({ length: 1500 * 16 }, (_, i) => Math.sin(i)),
      [1, 1500, 16],
    )
    const context = { encoder_hidden_states: hidden }
    const [prompt, said] = [
      [50_258, GERMAN, 50_359, noTimestamps],
      [STENO, 700, 12_345],
    ]
    let step = await decoder.start(context, prompt)
    for (const [index, token] of said.entries()) {
      step = await decoder.advance(step, token)
      const whole = lastRow(await decoder.start(context, [...prompt, ...said.slice(0, index + 1)]))
      const apart = lastRow(step).reduce(
        (most, value, id) => Math.max(most, Math.abs(value - (whole[id] ?? NaN))),
        0,
      )
      expect(apart).toBeLessThan(1e-4)
    }
  })

  it('goes on from one place more than once', async () => {
    cpSync(plain, folder, { recursive: true })
    const ort = await loadRuntime()
    await using decoder = await MergedDecoder.open(ort, graph('decoder_model_merged'), 1)
    const hidden = floatTensor(ort, 'float32', new Float32Array(1500 * 16).fill(0.1), [1, 1500, 16])
    const place = await decoder.start({ encoder_hidden_states: hidden }, [50_258])
    const once = lastRow(await decoder.advance(place, 5))
    await decoder.advance(place, 6)
    expect(lastRow(await decoder.advance(place, 5))).toEqual(once)
  })
})

function graph(stem: string): string {
  return join(folder, 'onnx', `${stem}.onnx`)
}

function settle(change: object): void {
  const file = join(folder, 'config.json')
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...change }))
}
