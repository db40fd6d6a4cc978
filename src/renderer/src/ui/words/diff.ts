/** Two texts, word by word: what they share, what is only in the first, what is only in the second. Pure. */

export interface DiffPart {
  readonly kind: 'same' | 'gone' | 'new'
  readonly text: string
}

/** Texts that differ in more words than this have little in common: they are shown as wholly different. */
const MOST_CHANGES = 2_000

/**
 * The parts in their order; `same` and `new` make up `b`. Capitals and marks make no difference: a recogniser that
 * writes none heard the same words.
 */
export function diffWords(a: string, b: string): readonly DiffPart[] {
  const [before, after] = [wordsOf(a), wordsOf(b)]
  const [x, y] = [before.map(plain), after.map(plain)]
  const parts: { kind: DiffPart['kind']; words: string[] }[] = []
  const add = (kind: DiffPart['kind'], word: string): void => {
    const last = parts.at(-1)
    if (last?.kind === kind) last.words.push(word)
    else parts.push({ kind, words: [word] })
  }
  let [i, j] = [0, 0]
  for (const [p, q] of [...sharedPairs(x, y), [x.length, y.length] as const]) {
    while (i < p) add('gone', before[i++] ?? '')
    while (j < q) add('new', after[j++] ?? '')
    if (q < y.length) add('same', after[j++] ?? '')
    i += 1
  }
  return parts.map(({ kind, words }) => ({ kind, text: words.join(' ') }))
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

/** A word that is all marks stays what it is. */
function plain(word: string): string {
  const letters = word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return letters === '' ? word : letters
}

type Pair = readonly [inA: number, inB: number]

/** Places of the words of a longest common subsequence: Myers' greedy search, furthest points kept per step. */
function sharedPairs(a: readonly string[], b: readonly string[]): readonly Pair[] {
  const most = Math.min(a.length + b.length, MOST_CHANGES)
  const furthest = new Int32Array(2 * most + 3)
  const trace: Int32Array[] = []
  for (let changes = 0; changes <= most; changes++) {
    trace.push(furthest.slice(most - changes, most + changes + 3))
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const at = most + 1 + diagonal
      let i = startOf(furthest, at, diagonal, changes)
      while (i < a.length && i - diagonal < b.length && a[i] === b[i - diagonal]) i += 1
      furthest[at] = i
      if (i >= a.length && i - diagonal >= b.length) return wayBack(trace, a.length, b.length)
    }
  }
  return []
}

/** Where the search goes on: one word of `b` more, or one of `a`, whichever has come further. */
function startOf(furthest: Int32Array, at: number, diagonal: number, changes: number): number {
  const [left, right] = [furthest[at - 1] ?? 0, furthest[at + 1] ?? 0]
  return diagonal === -changes || (diagonal !== changes && left < right) ? right : left + 1
}

/** From the end to the start through the points that were kept. */
function wayBack(trace: readonly Int32Array[], lengthOfA: number, lengthOfB: number): readonly Pair[] {
  const pairs: Pair[] = []
  let [i, j] = [lengthOfA, lengthOfB]
  for (let changes = trace.length - 1; changes >= 0; changes--) {
    const diagonal = i - j
    const row = trace[changes] ?? new Int32Array()
    const point = (of: number): number => row[of + changes + 1] ?? 0
    const down = diagonal === -changes || (diagonal !== changes && point(diagonal - 1) < point(diagonal + 1))
    const previous = down ? diagonal + 1 : diagonal - 1
    const startI = changes === 0 ? 0 : point(previous)
    const startJ = changes === 0 ? 0 : startI - previous
    while (i > startI && j > startJ) pairs.push([--i, --j])
    if (changes > 0) [i, j] = [startI, startJ]
  }
  return pairs.reverse()
}
