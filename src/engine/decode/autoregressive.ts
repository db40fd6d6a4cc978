/** One token after another: the loop that every model with a decoder shares. */
import { logSumExp } from './logits.ts'
import { loopAtEnd } from './repetition.ts'

export interface Chosen {
  readonly token: number
  /** Natural log, among the tokens that were allowed. */
  readonly logProb: number
}

export interface Sequence {
  /** Without the token that ended it. */
  readonly tokens: readonly number[]
  /** Of each token, and of the one that ended the sequence, if one did. */
  readonly logProbs: readonly number[]
  /** `loop`: cut back to its first round. `limit`: as long as it may become. */
  readonly ending: 'end' | 'loop' | 'limit'
}

export interface Autoregression<State> {
  /** Logits over the vocabulary for the next token; may be written to. */
  readonly logits: (state: State) => Float32Array
  readonly advance: (state: State, token: number) => Promise<State>
  readonly choose: (logits: Float32Array, tokens: readonly number[]) => Chosen
  readonly end: number
  readonly maxTokens: number
  readonly signal?: AbortSignal | undefined
  /** Left out only where another implementation without the guard is compared. */
  readonly guardLoops?: boolean
}

/** @param tokens what `first` has been advanced by already. */
export async function decodeTokens<State>(
  first: State,
  steps: Autoregression<State>,
  tokens: number[] = [],
  logProbs: number[] = [],
): Promise<Sequence> {
  let state = first
  while (tokens.length < steps.maxTokens) {
    steps.signal?.throwIfAborted()
    const { token, logProb } = steps.choose(steps.logits(state), tokens)
    logProbs.push(logProb)
    if (token === steps.end) return { tokens, logProbs, ending: 'end' }
    tokens.push(token)
    const loop = steps.guardLoops === false ? undefined : loopAtEnd(tokens)
    if (loop !== undefined) {
      return { tokens: tokens.slice(0, loop), logProbs: logProbs.slice(0, loop), ending: 'loop' }
    }
    if (tokens.length < steps.maxTokens) state = await steps.advance(state, token)
  }
  return { tokens, logProbs, ending: 'limit' }
}

/** The most probable token; the lowest id among equals. */
export function greedy(logits: Float32Array): Chosen {
  const token = largest(logits)
  const most = logits[token] ?? -Infinity
  return { token, logProb: most - logSumExp(logits, most) }
}

/** A token drawn with its probability at that temperature. @param random in [0, 1). */
export function sample(logits: Float32Array, temperature: number, random: () => number): Chosen {
  const most = logits[largest(logits)] ?? 0
  const weight = (logit: number): number => Math.exp((logit - most) / temperature)
  let rest = random() * logits.reduce((sum, logit) => sum + weight(logit), 0)
  let token = logits.findIndex((logit) => (rest -= weight(logit)) < 0)
  if (token < 0) token = largest(logits)
  return { token, logProb: (logits[token] ?? 0) - logSumExp(logits) }
}

export function largest(logits: Float32Array): number {
  let best = 0
  for (let token = 1; token < logits.length; token++) {
    if ((logits[token] ?? 0) > (logits[best] ?? 0)) best = token
  }
  return best
}

/** The same numbers in [0, 1) each time: a decode that is repeated gives the same text. */
export function repeatableRandom(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
