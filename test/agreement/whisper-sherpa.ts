/** Whisper in sherpa-onnx's layout against sherpa-onnx, on its features, and with its budget and without rules, as it decodes. */
import { join } from 'node:path'
import { decodeTokens, greedy } from '../../src/engine/decode/autoregressive.ts'
import { scaleWhisper } from '../../src/engine/features/whisper.ts'
import type { BandMajor } from '../../src/engine/features/matrix.ts'
import { listFolder } from '../../src/engine/models/folder.ts'
import { lastRow } from '../../src/engine/models/merged-decoder.ts'
import { whisperPrompt } from '../../src/engine/models/whisper-prompt.ts'
import type { WhisperNetwork } from '../../src/engine/models/whisper-network.ts'
import type { WhisperSettings } from '../../src/engine/models/whisper-settings.ts'
import { readSherpaWhisperSettings } from '../../src/engine/models/whisper-sherpa-settings.ts'
import { SherpaWhisper, sherpaWhisperFiles, withTail } from '../../src/engine/models/whisper-sherpa.ts'
import { loadRuntime } from '../../src/engine/runtime.ts'
import type { Wishes } from '../../src/shared/worker-frames.ts'
import { writeSherpaWhisper, type SherpaWhisperToy } from '../onnx/whisper-sherpa.ts'
import type { Case, Comparison } from './agreement.ts'
import { CLIPS } from './clips.ts'
import { SHERPA, sherpaPieces } from './sherpa.ts'
import { SherpaWhisperFrontEnd } from './sherpa-features.ts'

const NAME = 'tiny'
const TAIL = 1000
/** Frames to a token of their budget. */
const FRAMES_PER_TOKEN = 100 / 6

const TOYS: readonly SherpaWhisperToy[] = [
  { kind: 'english', seed: 3, anyLength: true },
  { kind: '99 languages', seed: 5, anyLength: true },
  { kind: '100 languages', bands: 128, seed: 7, endsAt: 14, anyLength: true },
]

/** @param scratch an empty folder. */
export async function whisperSherpa(scratch: string): Promise<readonly Comparison[]> {
  const cases: Case[] = []
  for (const [index, toy] of TOYS.entries()) cases.push(...(await compare(join(scratch, String(index)), toy)))
  return [{ family: 'Whisper of sherpa-onnx, on their features', reference: SHERPA, cases }]
}

async function compare(folder: string, toy: SherpaWhisperToy): Promise<Case[]> {
  await writeSherpaWhisper(folder, { ...toy, name: NAME })
  const files = sherpaWhisperFiles(await listFolder(folder))
  if (files === undefined) throw new Error('it is no Whisper')
  const settings = await readSherpaWhisperSettings(folder, files)
  const { bands } = settings
  await using network = await SherpaWhisper.open(await loadRuntime(), folder, files, 1, bands)
  const frontEnd = new SherpaWhisperFrontEnd(bands)
  const cases: Case[] = []
  for (const { language, translate } of wishesOf(toy)) {
    const model = {
      kind: 'whisper',
      name: NAME,
      language: language ?? '',
      translate: translate ?? false,
    } as const
    const theirs = sherpaPieces(
      folder,
      model,
      bands,
      CLIPS.map(({ pcm }) => pcm),
    )
    for (const [index, { pcm, seconds }] of CLIPS.entries()) {
      const features = scaleWhisper(frontEnd.logMel(pcm))
      const prompt = whisperPrompt(settings, { language, translate }, false)
      const ours = await tokensOf(network, settings, features, prompt)
      cases.push({
        name: `${toy.kind ?? ''}, ${seconds} s${language === undefined ? '' : `, ${language}`}`,
        ours: numbered(ours.map((token) => settings.tokenizer.decode([token])).filter((text) => text !== '')),
        theirs: numbered(theirs[index] ?? []),
      })
    }
  }
  return cases
}

async function tokensOf(
  network: WhisperNetwork,
  { tokens }: WhisperSettings,
  features: BandMajor,
  prompt: readonly number[],
): Promise<readonly number[]> {
  const first = await network.start(await network.hear(withTail(features, TAIL)), prompt)
  const sequence = await decodeTokens(first, {
    logits: lastRow,
    advance: (step, token) => network.advance(step, token),
    choose: greedy,
    end: tokens.end,
    maxTokens: Math.floor(features.frames / FRAMES_PER_TOKEN),
    guardLoops: false,
  })
  return sequence.tokens
}

const known = new Map<string, number>()

/** The same number for the same text. */
function numbered(texts: readonly string[]): number[] {
  return texts.map((text) => {
    if (!known.has(text)) known.set(text, known.size)
    return known.get(text) ?? -1
  })
}

function wishesOf({ kind }: SherpaWhisperToy): Wishes[] {
  if (kind === 'english') return [{}]
  return [{ language: 'en' }, { language: 'de', translate: true }]
}
