/** Loops: what a decoder with a language model inside falls into on noise, silence and chopped audio. */
import { deflateSync } from 'node:zlib'

/** The longest round looked for, in tokens. */
const LONGEST_ROUND = 6
/** People do say a word a few times over. */
const ROUNDS_OF_ONE = 8
const ROUNDS = 4

/** Where a loop that reaches to the end of the sequence has had its first round, or `undefined`. */
export function loopAtEnd(tokens: readonly number[]): number | undefined {
  for (let round = 1; round <= LONGEST_ROUND; round++) {
    const length = round * (round === 1 ? ROUNDS_OF_ONE : ROUNDS)
    if (length <= tokens.length && repeats(tokens.slice(-length), round))
      return tokens.length - length + round
  }
  return undefined
}

function repeats(tokens: readonly number[], round: number): boolean {
  return tokens.every((token, index) => index < round || token === tokens[index - round])
}

/** Bytes of the text over those of its deflated form (openai/whisper, whisper/utils.py): high where it repeats. */
export function compressionRatio(text: string): number {
  const bytes = Buffer.from(text, 'utf8')
  return bytes.length / deflateSync(bytes).length
}
