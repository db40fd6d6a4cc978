import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Graph } from '../../../../src/engine/graph.ts'
import { MoonshineSpeaker } from '../../../../src/engine/models/moonshine-speaker.ts'
import { readStreamingSettings } from '../../../../src/engine/models/moonshine-streaming-settings.ts'
import { loadRuntime } from '../../../../src/engine/runtime.ts'
import { RandomWeights } from '../../../onnx/random.ts'
import { STREAMING_VOCABULARY, writeStreamingMoonshine } from '../../../onnx/moonshine-streaming.ts'

let folder: string
let crossKv: Graph
let decoder: Graph
let speaker: () => MoonshineSpeaker
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steno-test-'))
  await writeStreamingMoonshine(folder, { seed: 7, endsAt: 30 })
  const ort = await loadRuntime()
  const names = { inputs: [], outputs: [] }
  crossKv = await Graph.open(ort, join(folder, 'cross_kv.ort'), 1, names)
  decoder = await Graph.open(ort, join(folder, 'decoder_kv.ort'), 1, names)
  const settings = await readStreamingSettings(folder)
  speaker = () => new MoonshineSpeaker({ crossKv, decoder }, settings)
})
afterAll(async () => {
  await decoder[Symbol.asyncDispose]()
  await crossKv[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

const memoryOf = (seed: number, frames: number): { data: Float32Array; frames: number } => ({
  data: new RandomWeights(seed).values(frames * 16, 2),
  frames,
})

describe('a decode with a draft', () => {
  const maxTokens = 48

  it('says what a decode without one says, whatever the draft', async () => {
    const random = new RandomWeights(4)
    const noise = (length: number): number[] =>
      Array.from({ length }, () => Math.floor((STREAMING_VOCABULARY / 2) * (1 + random.next())))
    for (let seed = 1; seed <= 12; seed++) {
      const memory = memoryOf(seed, 20 * seed)
      const plain = await speaker().speak(memory, { draft: [], maxTokens })
      expect(plain.tokens.length).toBeGreaterThan(2)
      const half = plain.tokens.slice(0, Math.floor(plain.tokens.length / 2))
      const earlier = await speaker().speak(memoryOf(seed, 10 * seed), { draft: [], maxTokens })
      for (const draft of [plain.tokens, half, [...half, ...noise(5)], noise(9), earlier.tokens, noise(90)]) {
        const { tokens, ending, logProbs } = await speaker().speak(memory, { draft, maxTokens })
        expect({ tokens, ending }).toEqual({ tokens: plain.tokens, ending: plain.ending })
        for (const [at, logProb] of logProbs.entries())
          expect(logProb).toBeCloseTo(plain.logProbs[at] ?? 0, 3)
      }
    }
  })

  it('gives the decoder a right draft in one call, of which few tokens are read again', async () => {
    let [again, alone] = [0, 0]
    for (let seed = 1; seed <= 12; seed++) {
      const memory = memoryOf(seed, 100)
      const { tokens } = await speaker().speak(memory, { draft: [], maxTokens })
      const second = speaker()
      await second.speak(memory, { draft: tokens, maxTokens })
      again += second.tokensRead - tokens.length - 1
      alone += tokens.length
    }
    expect(again / alone).toBeLessThan(0.3)
  })
})
