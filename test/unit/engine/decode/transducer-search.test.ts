import { describe, expect, it } from 'vitest'
import { languageLock } from '../../../../src/engine/decode/language-lock.ts'
import { PhraseBoost } from '../../../../src/engine/decode/phrase-boost.ts'
import {
  TransducerSearch,
  type TransducerNetwork,
  type TransducerSearchOptions,
} from '../../../../src/engine/decode/transducer-search.ts'
import { randomOf, tokenizerOf } from './toy.ts'

const [A, B, C, BLANK] = [0, 1, 2, 3]
const TOKENS = 4

/** What is said on a step after a token: [token, duration], a blank of one step where nothing is said. */
type Script = Readonly<Record<string, readonly [token: number, duration: number]>>

interface ScriptedNetwork extends TransducerNetwork<readonly number[]> {
  calls: number
  /** Tokens whose contexts were asked for. */
  readonly adopted: number[]
}

/** Keys are `step:last token`; a step's number is what its encoder output holds. */
function scripted(script: Script, durations: number): ScriptedNetwork {
  const network: ScriptedNetwork = {
    calls: 0,
    adopted: [],
    start: () => Promise.resolve([BLANK]),
    scores: (step, context) => {
      network.calls += 1
      const [token, duration] = script[`${step[0] ?? 0}:${context.at(-1) ?? BLANK}`] ?? [BLANK, 1]
      const scores = new Float32Array(TOKENS + durations)
      scores[token] = 5
      if (durations > 0) scores[TOKENS + duration] = 5
      return Promise.resolve(scores)
    },
    advance: (context, token) => {
      network.adopted.push(token)
      return Promise.resolve([...context, token])
    },
  }
  return network
}

const steps = (count: number, from = 0): { data: Float32Array; steps: number; width: number } => ({
  data: Float32Array.from({ length: count }, (_, index) => from + index),
  steps: count,
  width: 1,
})

const OPTIONS: TransducerSearchOptions = { tokens: TOKENS, blank: BLANK, symbolsPerStep: 10 }

const said = ({ hypothesis }: TransducerSearch<readonly number[]>): string[] =>
  hypothesis.tokens.map(({ id, step, endStep }) => `${'abc'[id] ?? '?'}${step}-${endStep}`)

describe('tokens and durations', () => {
  const script: Script = {
    [`0:${BLANK}`]: [A, 1],
    [`1:${A}`]: [BLANK, 0],
    [`2:${A}`]: [B, 0],
    [`2:${B}`]: [BLANK, 2],
    [`4:${B}`]: [C, 4],
  }

  it('are followed step by step, skipping what the durations say', async () => {
    const network = scripted(script, 5)
    const search = new TransducerSearch(network, OPTIONS)
    await search.hear(steps(8))
    expect(said(search)).toEqual(['a0-1', 'b2-3', 'c4-8'])
    expect([network.calls, network.adopted]).toEqual([5, [A, B, C]])
  })

  it('do not depend on how the steps arrive', async () => {
    for (let cut = 1; cut < 8; cut++) {
      const search = new TransducerSearch(scripted(script, 5), OPTIONS)
      await search.hear(steps(cut))
      await search.hear(steps(8 - cut, cut))
      expect(said(search)).toEqual(['a0-1', 'b2-3', 'c4-8'])
    }
  })

  it('leave a step on which tokens without duration would never end', async () => {
    const search = new TransducerSearch(scripted({ [`0:${BLANK}`]: [A, 0], [`0:${A}`]: [A, 0] }, 5), OPTIONS)
    await search.hear(steps(2))
    expect(said(search)).toEqual(Array.from({ length: 10 }, () => 'a0-1'))
  })
})

describe('a transducer without durations', () => {
  const script: Script = { [`1:${BLANK}`]: [A, 0], [`1:${A}`]: [B, 0], [`3:${B}`]: [C, 0] }

  it('stays on a step until a blank', async () => {
    const search = new TransducerSearch(scripted(script, 0), OPTIONS)
    await search.hear(steps(5))
    expect(said(search)).toEqual(['a1-2', 'b1-2', 'c3-4'])
  })

  it('says one token a step where the model was trained so', async () => {
    const search = new TransducerSearch(scripted(script, 0), { ...OPTIONS, symbolsPerStep: 1 })
    await search.hear(steps(5))
    expect(said(search)).toEqual(['a1-2'])
  })

  it('takes the unknown token for a blank', async () => {
    const network = scripted({ [`0:${BLANK}`]: [C, 0], [`1:${BLANK}`]: [A, 0] }, 0)
    const search = new TransducerSearch(network, { ...OPTIONS, unknown: C })
    await search.hear(steps(3))
    expect(said(search)).toEqual(['a1-2'])
  })

  it('stops between two native calls when it is told to', async () => {
    const search = new TransducerSearch(scripted(script, 0), OPTIONS)
    const reason = new Error('enough')
    await expect(search.hear(steps(5), AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})

/** The same scores whatever was said before. */
function independent(rows: readonly (readonly number[])[]): TransducerNetwork<number> {
  return {
    start: () => Promise.resolve(0),
    scores: (step) => Promise.resolve(Float32Array.from(rows[step[0] ?? 0] ?? [])),
    advance: (context) => Promise.resolve(context + 1),
  }
}

describe('a language lock', () => {
  const tokenizer = tokenizerOf('▁да', '▁da', 'ł', '7')

  it('keeps foreign letters from being chosen, and leaves the next best', async () => {
    const polish = languageLock('pl', tokenizer)
    const network = independent([[0, 5, 4, 0, 0]])
    const heard = async (allowed: Uint8Array | undefined): Promise<number[]> => {
      const search = new TransducerSearch(network, { tokens: 5, blank: 0, symbolsPerStep: 1, allowed })
      await search.hear(steps(1))
      return search.hypothesis.tokens.map(({ id }) => id)
    }
    expect([await heard(polish), await heard(undefined)]).toEqual([[2], [1]])
  })

  it('knows the letters of each language, and that figures belong to all', () => {
    const allows = (language: string): number[] => Array.from(languageLock(language, tokenizer) ?? [])
    expect(allows('ru')).toEqual([1, 1, 0, 0, 1])
    expect(allows('pl')).toEqual([1, 0, 1, 1, 1])
    expect(allows('de')).toEqual([1, 0, 1, 0, 1])
    expect(languageLock('xx', tokenizer)).toBeUndefined()
  })
})

describe('phrases in a transducer', () => {
  const tokenizer = tokenizerOf('▁ann', 'e', 'a')
  const boost = new PhraseBoost(['anna'], tokenizer, 0.5)

  it('win over what sounds a little better, not over what sounds much better', async () => {
    const heard = async (likelier: number): Promise<string> => {
      const network = independent([
        [0, 4, 0, 0],
        [0, 0, likelier, 4],
      ])
      const search = new TransducerSearch(network, {
        tokens: 4,
        blank: 0,
        symbolsPerStep: 1,
        fusion: boost.start,
      })
      await search.hear(steps(2))
      return tokenizer.decode(search.hypothesis.tokens.map(({ id }) => id))
    }
    expect([await heard(4.5), await heard(9)]).toEqual(['anna', 'anne'])
  })

  it('change nothing when there is none to favour', async () => {
    const random = randomOf(7)
    const rows = Array.from({ length: 200 }, () => Array.from({ length: 4 }, () => 6 * random()))
    const heard = async (fusion: TransducerSearchOptions['fusion']): Promise<unknown> => {
      const search = new TransducerSearch(independent(rows), {
        tokens: 4,
        blank: 0,
        symbolsPerStep: 2,
        fusion,
      })
      await search.hear(steps(rows.length))
      return search.hypothesis
    }
    expect(await heard(new PhraseBoost([], tokenizer).start)).toEqual(await heard(undefined))
  })
})
