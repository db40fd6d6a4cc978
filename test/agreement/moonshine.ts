/** Moonshine v1 against transformers.js: lengths, weights, endings, precisions. */
import { join } from 'node:path'
import { listFolder } from '../../src/engine/models/folder.ts'
import { MoonshineDecoder, readMoonshineSettings } from '../../src/engine/models/moonshine.ts'
import { inFolder, seq2seqFiles } from '../../src/engine/models/seq2seq-files.ts'
import { loadRuntime } from '../../src/engine/runtime.ts'
import { writeToyMoonshine } from '../onnx/moonshine.ts'
import type { Precision } from '../onnx/precision.ts'
import type { DecoderShape } from '../onnx/seq2seq.ts'
import type { Case, Comparison } from './agreement.ts'
import { signal } from './signals.ts'
import { openReference, TRANSFORMERS } from './transformers.ts'

type Toy = Partial<DecoderShape> & { readonly precision: Precision }

const MODELS: readonly Toy[] = [
  { precision: 'fp32', seed: 3 },
  { precision: 'fp32', seed: 4, endsAt: 100 },
  { precision: 'q8', seed: 5, endsAt: 40 },
  { precision: 'fp16', seed: 6, endsAt: 40 },
  { precision: 'q4', seed: 7, endsAt: 40 },
]
const MAX_TOKENS = 64

/** @param scratch an empty folder. */
export async function moonshine(scratch: string): Promise<readonly Comparison[]> {
  const cases: Case[] = []
  for (const [index, options] of MODELS.entries()) {
    const folder = join(scratch, String(index))
    await writeToyMoonshine(folder, options)
    cases.push(...(await compare(folder, options)))
  }
  return [{ family: 'Moonshine v1', reference: TRANSFORMERS, cases }]
}

async function compare(folder: string, { precision, seed }: Toy): Promise<Case[]> {
  await using ours = await open(folder)
  const theirs = await openReference(folder, precision)
  const cases: Case[] = []
  for (const [index, seconds] of [1, 1.7, 3, 5.25, 9, 14, 22, 30].entries()) {
    const pcm = signal(seconds, index + 1)
    const { tokens, ending } = await ours.decode(pcm, { maxTokens: MAX_TOKENS, guardLoops: false })
    const { start, end } = ours.settings
    cases.push({
      name: `${precision} (weights ${seed ?? 0}), ${seconds} s`,
      ours: [start, ...tokens, ...(ending === 'end' ? [end] : [])],
      theirs: await theirs.generate(pcm, { max_new_tokens: MAX_TOKENS }),
    })
  }
  await theirs.dispose()
  return cases
}

async function open(folder: string): Promise<MoonshineDecoder> {
  const files = seq2seqFiles(await listFolder(folder))
  if (files instanceof Error) throw files
  const settings = await readMoonshineSettings(folder)
  return await MoonshineDecoder.open(await loadRuntime(), inFolder(folder, files), 1, settings)
}
