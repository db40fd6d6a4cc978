export interface Tally {
  runs: number
  /** Utterances that ended without a transcript. */
  lost: number
  /** Transcripts that differ from the undisturbed ones. */
  mismatches: number
  /** Processes that outlived their parent by two seconds. */
  orphans: number
}
