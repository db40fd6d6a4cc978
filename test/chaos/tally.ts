export interface Tally {
  runs: number
  /** Kills that hit an utterance in work: another generation finished it. */
  struck: number
  /** Utterances that ended without a transcript. */
  lost: number
  /** Transcripts that differ from the undisturbed ones. */
  mismatches: number
  /** Processes that outlived their parent by two seconds. */
  orphans: number
}

export function newTally(): Tally {
  return { runs: 0, struck: 0, lost: 0, mismatches: 0, orphans: 0 }
}
