/** What recognition gives back. Times are seconds from the start of the utterance. */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
  /** 0 to 1: geometric mean of the probabilities of the word's tokens. */
  readonly confidence: number
}

/** One finished segment of an utterance: it never changes after it was sent. */
export interface Line {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly words: readonly Word[]
  /** Entries of the user's vocabulary that the text holds, as they were given; left out where there is none. */
  readonly fired?: readonly string[]
  /** The decoder ran into a loop or its limit: the text ends before the speech does. */
  readonly truncated?: boolean
  /** What was spoken, where the model finds that out: an ISO 639 code. */
  readonly language?: string
}

/** The text of a segment that is not finished. Like that of a line, its times are seconds of the utterance. */
export interface PartialLine {
  /** Will not be taken back before the segment is over. */
  readonly stable: readonly Word[]
  /** May change with the next word. */
  readonly tentative: readonly Word[]
}

export interface Transcript {
  readonly text: string
  readonly lines: readonly Line[]
  readonly words: readonly Word[]
  readonly durationSeconds: number
}

export function joinLines(lines: readonly Line[], durationSeconds: number): Transcript {
  return {
    text: lines
      .map((line) => line.text)
      .filter((text) => text !== '')
      .join(' '),
    lines,
    words: lines.flatMap((line) => line.words),
    durationSeconds,
  }
}
