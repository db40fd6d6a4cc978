/**
 * CTC prefix beam search (Graves & Jaitly 2014; Hannun et al., arXiv 1408.2873): finds the token sequence whose
 * alignments together are most probable, with optional shallow fusion. Without limits it is exact.
 */
import { StenoError } from '../../shared/errors.ts'
import { ctcAlign } from './ctc-align.ts'
import type { Fusion } from './fusion.ts'
import type { TokenHypothesis } from './hypothesis.ts'
import { argmax, logAddExp, type Logits } from './logits.ts'
import { Prefix } from './prefix.ts'

/** The limits may be Infinity. */
export interface BeamLimits {
  /** Prefixes kept after each step. */
  readonly beamWidth: number
  /** A prefix so far below the best (natural log) is dropped. */
  readonly beamMargin: number
  /** Tokens less probable than e to the minus this are not tried; the best one always is. */
  readonly tokenMargin: number
  /** At most so many tokens are tried per step. */
  readonly tokensPerStep: number
}

export interface BeamOptions extends Partial<BeamLimits> {
  readonly blank: number
  readonly fusion?: Fusion | undefined
  /** Looked at every {@link STEPS_PER_CHECK} steps. */
  readonly signal?: AbortSignal | undefined
}

/** Margins as in pyctcdecode (beam_prune_logp −10, token_min_logp −5). */
const BEAM_LIMITS: BeamLimits = { beamWidth: 32, beamMargin: 10, tokenMargin: 5, tokensPerStep: 20 }

/** About five seconds of audio at 25 steps per second. */
const STEPS_PER_CHECK = 128

/**
 * The best hypothesis. `score` is ln P(tokens | audio) plus the fusion's score; the steps of the tokens are those of
 * the best single alignment.
 * @throws the signal's reason, when it is aborted; StenoError `internal` when the logits are not numbers.
 */
export function ctcBeam(logits: Logits, options: BeamOptions): TokenHypothesis {
  const [best] = ctcNBest(logits, options, 1)
  if (best !== undefined) return best
  throw new StenoError('internal', 'The model’s log-probabilities are not numbers.', {
    hint: 'Fetch the model again, or choose another one.',
  })
}

/** The `n` best hypotheses (fewer if the beam holds fewer), best first. */
export function ctcNBest(logits: Logits, options: BeamOptions, n: number): TokenHypothesis[] {
  const { blank, fusion, signal } = options
  const limits = { ...BEAM_LIMITS, ...options }
  let beam = [Prefix.root(fusion)]
  for (let step = 0; step < logits.steps; step++) {
    if (step % STEPS_PER_CHECK === 0) signal?.throwIfAborted()
    stay(beam, logits, step, blank)
    beam = select(beam, extend(beam, logits, step, likelyTokens(logits, step, blank, limits)), limits)
  }
  return beam
    .map((prefix) => ({ prefix, score: acoustic(prefix) + (prefix.fusion?.finish() ?? 0) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, n)
    .map(({ prefix, score }) => ({ tokens: ctcAlign(logits, blank, prefix.ids()), score }))
}

/** A prefix that would come to life with one more token. */
interface Growth {
  readonly token: number
  readonly fusion: Fusion | undefined
  readonly nonBlank: number
}

/** A place in the next beam: for a prefix that lives already, or for one that grows out of it. */
interface Candidate {
  readonly score: number
  readonly prefix: Prefix
  readonly growth: Growth | undefined
}

/** Alignments that add nothing to their text: a blank, or the last token again. */
function stay(beam: readonly Prefix[], { data, tokens }: Logits, step: number, blank: number): void {
  const row = step * tokens
  for (const prefix of beam) {
    prefix.nextBlank = acoustic(prefix) + (data[row + blank] ?? 0)
    // −Infinity for the empty prefix, which has no last token.
    prefix.nextNonBlank = prefix.nonBlank + (data[row + prefix.token] ?? 0)
  }
}

/** Alignments that add a token: into the prefix that has it already if that is live, else as a new candidate. */
function extend(
  beam: readonly Prefix[],
  logits: Logits,
  step: number,
  tried: readonly number[],
): Candidate[] {
  const grown: Candidate[] = []
  for (const prefix of beam) {
    const before = acoustic(prefix)
    for (const token of tried) {
      // Without a blank between them two equal tokens are one.
      const from = token === prefix.token ? prefix.blank : before
      const nonBlank = from + (logits.data[step * logits.tokens + token] ?? 0)
      const child = prefix.child(token)
      if (child?.live === true) {
        child.nextNonBlank = logAddExp(child.nextNonBlank, nonBlank)
      } else if (nonBlank > -Infinity) {
        const fusion = prefix.fusionWith(token)
        grown.push({ score: nonBlank + (fusion?.score ?? 0), prefix, growth: { token, fusion, nonBlank } })
      }
    }
  }
  return grown
}

/** Ends the step: the next beam, best first. */
function select(beam: readonly Prefix[], grown: readonly Candidate[], limits: BeamLimits): Prefix[] {
  for (const prefix of beam) prefix.advance()
  const stayed = beam.map((prefix) => ({
    score: acoustic(prefix) + (prefix.fusion?.score ?? 0),
    prefix,
    growth: undefined,
  }))
  const kept = keepBest([...stayed, ...grown], limits)
  const next = kept.map(({ prefix, growth }) => {
    if (growth !== undefined) return prefix.grow(growth.token, growth.fusion, growth.nonBlank)
    prefix.live = true
    return prefix
  })
  // Only now: a prefix that grew stays in the trie though it left the beam.
  for (const prefix of beam) prefix.prune()
  return next
}

function keepBest(candidates: readonly Candidate[], { beamMargin, beamWidth }: BeamLimits): Candidate[] {
  const top = candidates.reduce((max, { score }) => Math.max(max, score), -Infinity)
  return candidates
    .filter(({ score }) => score >= top - beamMargin)
    .sort((a, b) => b.score - a.score)
    .slice(0, beamWidth)
}

/** The tokens worth trying at a step, without the blank. */
function likelyTokens(logits: Logits, step: number, blank: number, limits: BeamLimits): number[] {
  const best = argmax(logits, step)
  const row = logits.data.subarray(step * logits.tokens, (step + 1) * logits.tokens)
  const likely: number[] = []
  for (const [token, logProb] of row.entries()) {
    if (token !== blank && (token === best || logProb > -limits.tokenMargin)) likely.push(token)
  }
  if (likely.length <= limits.tokensPerStep) return likely
  return likely.sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0)).slice(0, limits.tokensPerStep)
}

function acoustic(prefix: Prefix): number {
  return logAddExp(prefix.blank, prefix.nonBlank)
}
