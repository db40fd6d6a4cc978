/** How a dictation ended, in words, and what can be done about it. Pure. */
import type { DictationRow, Outcome } from '../../../../shared/dictation.ts'
import type { WireError } from '../../../../shared/errors.ts'

export type Tone = 'calm' | 'busy' | 'live' | 'good' | 'bad'

export interface OutcomeWords {
  readonly title: string
  readonly detail: string
  readonly tone: Tone
}

export function wordsOfOutcome(outcome: Outcome): OutcomeWords {
  switch (outcome.kind) {
    case 'copied':
      return { title: 'Copied', detail: 'Paste it where you need it.', tone: 'good' }
    case 'undelivered':
      return { title: 'Not copied', detail: sentences(outcome.error), tone: 'bad' }
    case 'nothing-heard':
      return {
        title: 'Nothing heard',
        detail: 'No words were found. If you did speak, look at the microphone in Settings.',
        tone: 'calm',
      }
    case 'cancelled':
      return { title: 'Cancelled', detail: 'The sound is kept for a while.', tone: 'calm' }
    case 'failed':
      return { title: 'That did not work', detail: sentences(outcome.error), tone: 'bad' }
    case 'interrupted':
      return {
        title: 'Recovered',
        detail: 'Steno ended while you spoke. What was recorded is written down.',
        tone: 'calm',
      }
  }
}

export type Action = 'copy' | 'undo' | 'retry'

export interface NextStep {
  readonly action: Action
  readonly label: string
}

/** What to offer beside the outcome. @param row the dictation it is about, where it is in the list. */
export function nextStepOf(outcome: Outcome, row: DictationRow | undefined): NextStep | undefined {
  switch (outcome.kind) {
    case 'copied':
      return row === undefined ? undefined : { action: 'copy', label: 'Copy again' }
    case 'interrupted':
    case 'undelivered':
      return row === undefined ? undefined : { action: 'copy', label: 'Copy it now' }
    case 'cancelled':
      return { action: 'undo', label: 'Bring it back' }
    case 'failed':
      return row?.hasSound === true ? { action: 'retry', label: 'Try again' } : undefined
    case 'nothing-heard':
      return undefined
  }
}

/** What a row of the list says in place of, or under, its text; undefined where the text says it all. */
export function noteOfRow({ outcome, text }: DictationRow): string | undefined {
  if (outcome === undefined) return 'Under way …'
  if (outcome.kind === 'copied' || (outcome.kind === 'nothing-heard' && text !== '')) return undefined
  if (outcome.kind === 'failed' || outcome.kind === 'undelivered') return outcome.error.message
  return wordsOfOutcome(outcome).title
}

/** What decoding the kept sound once more means to the user here. */
export function retryLabel({ outcome }: DictationRow): string {
  switch (outcome?.kind) {
    case 'cancelled':
      return 'Bring back'
    case 'copied':
    case 'interrupted':
    case 'undelivered':
      return 'Write down again'
    case 'failed':
    case 'nothing-heard':
    case undefined:
      return 'Try again'
  }
}

/** An error as one line: what happened and what to do next. */
export function sentences({ message, hint }: Pick<WireError, 'message' | 'hint'>): string {
  return hint === undefined ? message : `${message} ${hint}`
}
