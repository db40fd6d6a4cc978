/** The text while somebody speaks: how soon a word is seen, how soon it is final, and how often that was wrong. */
import { FRAME_SAMPLES, secondsOf, type Pcm } from '../src/shared/audio.ts'
import type { Line, PartialLine, Word } from '../src/shared/transcript.ts'
import { sameWord } from '../src/shared/words.ts'
import type { Transcriber } from '../src/engine/transcriber.ts'

export interface Watched {
  readonly lines: readonly Line[]
  /** Per segment, in order: what was shown, and how much had been heard when it was ready to be shown. */
  readonly segments: readonly (readonly Shown[])[]
  /** Times that a committed word was taken back. */
  readonly takenBack: number
}

interface Shown {
  readonly atSeconds: number
  readonly partial: PartialLine
}

/** Hears a recording frame by frame as it would be spoken; the time a decode takes counts as heard meanwhile. */
export async function watch(engine: Transcriber, pcm: Pcm): Promise<Watched> {
  const lines: Line[] = []
  const segments: Shown[][] = []
  let current: Shown[] = []
  let takenBack = 0
  let begun = performance.now()
  let heard = 0
  const events = {
    partial(partial: PartialLine) {
      const before = current.at(-1)?.partial.stable ?? []
      if (!before.every((word, index) => sameWord(partial.stable[index], word))) takenBack += 1
      current.push({ atSeconds: secondsOf(heard) + (performance.now() - begun) / 1000, partial })
    },
    settled(_samples: number, line: Line | undefined) {
      if (line === undefined && current.length === 0) return
      lines.push(line ?? { text: '', start: 0, end: 0, words: [] })
      segments.push(current)
      current = []
    },
  }
  const live = {
    behind: () => false,
    now: () => performance.now(),
    failed: (error: unknown) => {
      throw error
    },
  }
  const stream = engine.openStream(0, events, new AbortController().signal, live)
  for (; heard < pcm.length; heard += FRAME_SAMPLES) {
    begun = performance.now()
    await stream.push(pcm.subarray(heard, heard + FRAME_SAMPLES))
  }
  await stream.finish()
  return { lines, segments, takenBack }
}

export interface Score {
  /** Words shown as final, and how many of them the final text does not have at their place. */
  readonly committed: number
  readonly changed: number
  readonly words: number
  /** Seconds from the end of a word to its sight, and to its being final; of words that the final text has. */
  readonly shownAfter: readonly number[]
  readonly committedAfter: readonly number[]
}

export function score({ lines, segments }: Watched): Score {
  const perSegment = lines.map((line, index) => scoreSegment(line.words, segments[index] ?? []))
  return {
    committed: sum(perSegment.map((one) => one.committed)),
    changed: sum(perSegment.map((one) => one.changed)),
    words: sum(lines.map((line) => line.words.length)),
    shownAfter: perSegment.flatMap((one) => one.shownAfter),
    committedAfter: perSegment.flatMap((one) => one.committedAfter),
  }
}

function scoreSegment(final: readonly Word[], shown: readonly Shown[]) {
  const stable = shown.at(-1)?.partial.stable ?? []
  const kept = common(stable, final)
  const since = (word: Word, words: (partial: PartialLine) => readonly Word[]): number[] => {
    const first = shown.find(({ partial }) =>
      words(partial).some((one) => sameWord(one, word) && overlaps(one, word)),
    )
    return first === undefined ? [] : [first.atSeconds - word.end]
  }
  return {
    committed: stable.length,
    changed: stable.length - kept,
    shownAfter: final.flatMap((word) => since(word, ({ stable, tentative }) => [...stable, ...tentative])),
    committedAfter: final.flatMap((word) => since(word, (partial) => partial.stable)),
  }
}

/** Length of the longest common subsequence. */
function common(a: readonly Word[], b: readonly Word[]): number {
  let row = new Array<number>(b.length + 1).fill(0)
  for (const word of a) {
    const next = [0]
    for (const [index, other] of b.entries()) {
      next.push(
        sameWord(other, word) ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0),
      )
    }
    row = next
  }
  return row.at(-1) ?? 0
}

function overlaps(a: Word, b: Word): boolean {
  return a.start < b.end + 0.3 && b.start < a.end + 0.3
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
