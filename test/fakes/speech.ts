/** The real speech of test/fixtures/speech (credits in its SOURCES.md). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAudio } from '../../src/audio/read.ts'
import { samplesOf, type Pcm } from '../../src/shared/audio.ts'

const FOLDER = join(import.meta.dirname, '../fixtures/speech')

export interface Clip {
  readonly file: string
  /** Absolute. */
  readonly path: string
  readonly text: string
  readonly seconds: number
}

export function speechClips(): readonly Clip[] {
  const listed = JSON.parse(readFileSync(join(FOLDER, 'transcripts.json'), 'utf8')) as Omit<Clip, 'path'>[]
  return listed.map(({ file, text, seconds }) => ({ file, path: join(FOLDER, file), text, seconds }))
}

export async function readPcm(path: string): Promise<Pcm> {
  await using file = await openAudio(path)
  const pieces: Pcm[] = []
  for await (const piece of file.pcm()) pieces.push(piece)
  return joined(pieces)
}

export function joined(pieces: readonly Pcm[]): Pcm {
  const all = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let filled = 0
  for (const piece of pieces) {
    all.set(piece, filled)
    filled += piece.length
  }
  return all
}

/** Two and a half seconds of a woman reading. */
export async function longSpeech(): Promise<Pcm> {
  return (await readPcm(join(FOLDER, 'librivox-austen-0880.wav'))).slice(0, samplesOf(2.5))
}

/** A second of the same. */
export async function shortSpeech(): Promise<Pcm> {
  return (await longSpeech()).slice(samplesOf(0.5), samplesOf(1.5))
}
