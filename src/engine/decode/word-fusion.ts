/** A word-level language model inside a beam of sub-word tokens: a word counts once the next one begins. */
import type { PieceTokenizer } from '../tokenizer/pieces.ts'
import type { Fusion } from './fusion.ts'
import type { LanguageModel, LmState } from './language-model.ts'

export interface WordFusionOptions {
  /** α, the language model's share: α · ln P(word | words before). */
  readonly weight?: number
  /** β, added per word: without it a language model favours few words. */
  readonly wordBonus?: number
}

/** α and β as pyctcdecode and Deep Speech 2 (arXiv 1512.02595, eq. 12) use them; α 0.5 and β 1 to 1.5 are customary. */
export function wordFusion(
  model: LanguageModel,
  tokenizer: PieceTokenizer,
  { weight = 0.5, wordBonus = 1.5 }: WordFusionOptions = {},
): Fusion {
  return new WordFusion({ model, tokenizer, weight, wordBonus }, { score: 0, state: model.start }, [])
}

interface Context extends Required<WordFusionOptions> {
  readonly model: LanguageModel
  readonly tokenizer: PieceTokenizer
}

interface Completed {
  readonly score: number
  readonly state: LmState
}

class WordFusion implements Fusion {
  readonly score: number
  readonly #context: Context
  /** The words before the one in progress, and its tokens. */
  readonly #before: Completed
  readonly #word: readonly number[]
  /** Asked for by every word that may follow. */
  #completed: Completed | undefined

  constructor(context: Context, before: Completed, word: readonly number[]) {
    this.#context = context
    this.#before = before
    this.#word = word
    const partial = context.model.partial?.(context.tokenizer.decode(word)) ?? 0
    this.score = before.score + context.weight * partial
  }

  extend(token: number): Fusion {
    if (this.#context.tokenizer.startsWord(token)) {
      this.#completed ??= this.#complete()
      return new WordFusion(this.#context, this.#completed, [token])
    }
    return new WordFusion(this.#context, this.#before, [...this.#word, token])
  }

  finish(): number {
    const { model, weight } = this.#context
    const { score, state } = this.#complete()
    return score + weight * (model.end?.(state) ?? 0)
  }

  #complete(): Completed {
    const { model, tokenizer, weight, wordBonus } = this.#context
    const { score, state } = this.#before
    const word = tokenizer.decode(this.#word)
    if (word === '') return this.#before
    const { logProb, next } = model.score(state, word)
    return { score: score + weight * logProb + wordBonus, state: next }
  }
}
