/** What keys may ask for, done by the dictations. */
import type { Dictations } from './dictations.ts'
import type { Tell } from '../notices.ts'
import type { KeyIntents } from '../keys/key-intents.ts'

/** @param attempt runs what may fail, and tells when it does. */
export function intentsOf(
  dictations: Dictations,
  tell: Tell,
  attempt: (work: Promise<void>) => void,
): KeyIntents {
  return {
    start: (grip) => {
      dictations.start(grip)
    },
    stop: () => {
      dictations.stop()
    },
    latch: () => {
      dictations.latch()
    },
    cancel: () => {
      dictations.cancel()
    },
    toggleOther: () => {
      if (dictations.recording) dictations.stop()
      else dictations.start('latched', { other: true })
    },
    takeBack: () => {
      dictations.discard()
    },
    undo: () => {
      attempt(dictations.undo())
    },
    copyLast: () => {
      attempt(dictations.copyLast())
    },
    retryLast: () => {
      attempt(dictations.retryLast())
    },
    rawLast: () => {
      attempt(dictations.rawLast())
    },
    tell,
  }
}
