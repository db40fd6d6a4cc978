/**
 * Which words of a text that is still being decoded may be shown as final: those on which the hypotheses over the
 * last moments of growing audio agree (LocalAgreement: Liu et al. 2020, arXiv 2005.11185; Macháček et al. 2023, arXiv
 * 2307.14743, here over a span of time instead of a number of hypotheses, since these come as fast as the machine
 * allows). What was committed is never taken back.
 */
import type { PartialLine, Word } from '../../shared/transcript.ts'
import { sameWord, wordKey, wordsBehind } from '../../shared/words.ts'

/** A word that ends so shortly before the end of the audio may be the beginning of a longer one. */
const FRESH_SECONDS = 0.4
/** A word that the model is less sure of must be heard so many times longer: measured, it halves what changes. */
const UNSURE = { confidence: 0.6, times: 2 }
/** A hypothesis that shares fewer of its words with the one before is a slip; two in a row are a change of mind. */
const SIMILAR_AT_LEAST = 0.35

export interface Heard {
  /** Of the audio that was decoded, on the time line of its words. */
  readonly untilSeconds: number
  /** The audio ends in a pause: its last word is whole. */
  readonly paused: boolean
}

/** What a hypothesis says behind the committed words. */
interface Opinion {
  readonly untilSeconds: number
  readonly rest: readonly Word[]
}

export class Agreement {
  readonly #spanSeconds: number
  readonly #freshSeconds: number
  #committed: readonly Word[] = []
  /** The newest last; the oldest lies at least a span before it, if there is one as old. */
  #opinions: readonly Opinion[] = []
  #slipped = false

  /** @param spanSeconds audio over which hypotheses must agree: 0 for a model that only ever appends. */
  constructor(spanSeconds: number) {
    this.#spanSeconds = spanSeconds
    this.#freshSeconds = spanSeconds === 0 ? 0 : FRESH_SECONDS
  }

  offer(hypothesis: readonly Word[], heard: Heard): PartialLine {
    const { untilSeconds } = heard
    const rest = wordsBehind(this.#committed, hypothesis)
    const last = this.#opinions.at(-1)
    // Nothing new was heard: to say it again proves nothing.
    const stale = last !== undefined && untilSeconds <= last.untilSeconds
    this.#slipped = !stale && !this.#slipped && isSlip(last?.rest, rest)
    if (stale || this.#slipped) return { stable: this.#committed, tentative: last?.rest ?? [] }
    this.#opinions = [...this.#since(untilSeconds - UNSURE.times * this.#spanSeconds), { untilSeconds, rest }]
    this.#commit(this.#agreed(rest, heard))
    return { stable: this.#committed, tentative: this.#opinions.at(-1)?.rest ?? [] }
  }

  /** A new segment begins. */
  reset(): void {
    this.#committed = []
    this.#opinions = []
    this.#slipped = false
  }

  /** The opinions from the last one that is at least so old. */
  #since(seconds: number): readonly Opinion[] {
    const first = this.#opinions.findLastIndex((opinion) => opinion.untilSeconds <= seconds)
    return this.#opinions.slice(Math.max(0, first))
  }

  /** How many words of `rest` are final from now on. */
  #agreed(rest: readonly Word[], { untilSeconds, paused }: Heard): number {
    const whole = paused
      ? rest
      : rest.slice(0, -1).filter(({ end }) => end <= untilSeconds - this.#freshSeconds)
    const doubted = whole.findIndex((word, index) => {
      const span = this.#spanSeconds * (word.confidence < UNSURE.confidence ? UNSURE.times : 1)
      const witnesses = this.#since(untilSeconds - span)
      const oldest = witnesses[0]?.untilSeconds ?? Infinity
      return oldest > untilSeconds - span || !witnesses.every((one) => sameWord(one.rest[index], word))
    })
    return doubted < 0 ? whole.length : doubted
  }

  #commit(count: number): void {
    const newest = this.#opinions.at(-1)?.rest ?? []
    this.#committed = [...this.#committed, ...newest.slice(0, count)]
    this.#opinions = this.#opinions.map((opinion) => ({ ...opinion, rest: opinion.rest.slice(count) }))
  }
}

/** A first word or two may still become anything. */
function isSlip(before: readonly Word[] | undefined, now: readonly Word[]): boolean {
  if (before === undefined || before.length === 0) return false
  if (now.length === 0) return true
  if (before.length < 3) return false
  const known = new Set(before.map(({ text }) => wordKey(text)))
  const shared = now.filter(({ text }) => known.has(wordKey(text))).length
  return shared / Math.min(before.length, now.length) < SIMILAR_AT_LEAST
}
