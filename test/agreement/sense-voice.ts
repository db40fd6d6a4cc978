/**
 * SenseVoice, the product as it is, against sherpa-onnx: features, stacking, language, and CTC. Each piece is one
 * letter, so that texts are read as tokens.
 */
import { join } from 'node:path'
import { listFolder } from '../../src/engine/models/folder.ts'
import { FAMILY } from '../../src/engine/models/sense-voice.ts'
import { loadRuntime } from '../../src/engine/runtime.ts'
import { writeFiles } from '../onnx/nemo.ts'
import { SENSE_VOICE_TAGS, senseVoiceFiles } from '../onnx/sense-voice.ts'
import type { Case, Comparison } from './agreement.ts'
import { CLIPS, PIECES } from './clips.ts'
import { SHERPA, sherpaTokens } from './sherpa.ts'

/** Left to the model, and asked for. */
const LANGUAGES = [undefined, 'en', 'zh', 'yue'] as const
const SEEDS = [1, 2, 3]

/** @param scratch an empty folder. */
export async function senseVoice(scratch: string): Promise<readonly Comparison[]> {
  const cases: Case[] = []
  for (const seed of SEEDS) {
    const folder = join(scratch, String(seed))
    await writeFiles(folder, senseVoiceFiles({ seed, pieces: PIECES, blankBias: 1 }))
    for (const language of LANGUAGES) cases.push(...(await compare(folder, seed, language)))
  }
  return [{ family: 'SenseVoice', reference: SHERPA, cases }]
}

async function compare(folder: string, seed: number, language: string | undefined): Promise<Case[]> {
  const ort = await loadRuntime()
  const listing = await listFolder(folder)
  await using model = await FAMILY.load({
    ort,
    folder,
    listing,
    vad: '',
    threads: 1,
    wishes: { language },
  })
  const ours: number[][] = []
  for (const { pcm } of CLIPS) ours.push(idsOf((await model.transcribe(pcm)).text))
  const theirs = sherpaTokens(
    folder,
    { kind: 'sense-voice', graph: 'model.onnx', language: language ?? 'auto' },
    80,
    CLIPS.map(({ pcm }) => pcm),
  )
  return CLIPS.map(({ seconds }, index) => ({
    name: `weights ${seed}, ${language ?? 'any language'}, ${seconds} s`,
    ours: ours[index] ?? [],
    theirs: withoutFirstSpace(theirs[index] ?? []),
  }))
}

const FIRST_PIECE = 1 + SENSE_VOICE_TAGS.length

/** A space before the text is no part of it: the first piece is taken for one within a word. */
function idsOf(text: string): number[] {
  return (text.match(/ ?\S/g) ?? []).map((letter) => FIRST_PIECE + PIECES.indexOf(letter.replace(' ', '▁')))
}

function withoutFirstSpace([first, ...rest]: readonly number[]): number[] {
  if (first === undefined) return []
  const letter = PIECES[first - FIRST_PIECE]?.replace('▁', '') ?? ''
  return [FIRST_PIECE + PIECES.indexOf(letter), ...rest]
}
