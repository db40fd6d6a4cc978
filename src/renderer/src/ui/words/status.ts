/** The state of things, big on the page. Pure. */
import type { AppSnapshot } from '../../../../shared/dictation.ts'
import { howToEnd } from './how-to.ts'
import { sentences, wordsOfOutcome, type Tone } from './outcomes.ts'
import type { Phrase } from './phrase.ts'

/** Lag below this is the rhythm of frames and segments, not slowness. */
const LAG_WORTH_SAYING_SECONDS = 1

export interface Status {
  readonly title: string
  readonly detail: Phrase
  readonly tone: Tone
}

type Slices = Pick<AppSnapshot, 'dictation' | 'outcome' | 'model' | 'settings' | 'keys'>

export function statusOf({ dictation, outcome, model, settings, keys }: Slices): Status {
  switch (dictation.kind) {
    case 'starting':
      return { title: 'Preparing …', detail: ['Speak when it says Listening.'], tone: 'busy' }
    case 'listening':
      return { title: 'Listening', detail: howToEnd(dictation.grip, settings, keys), tone: 'live' }
    case 'finishing':
      return { title: 'Finishing …', detail: ['The last words are being written down.'], tone: 'busy' }
    case 'delivering':
      return { title: 'Copying …', detail: ['The text is on its way to the clipboard.'], tone: 'busy' }
    case 'idle':
      return idleStatus(outcome, model, settings)
  }
}

function idleStatus(
  outcome: AppSnapshot['outcome'],
  model: AppSnapshot['model'],
  { undoKey, handsFree }: AppSnapshot['settings'],
): Status {
  if (outcome !== undefined) {
    const { title, detail, tone } = wordsOfOutcome(outcome)
    if (outcome.kind === 'cancelled' && undoKey !== null)
      return { title, detail: ['The sound is kept: ', { keys: undoKey }, ' brings it back.'], tone }
    return { title, detail: [detail], tone }
  }
  switch (model.state) {
    case 'loading':
      return { title: 'Ready', detail: ['The model is still loading. You can already speak.'], tone: 'calm' }
    case 'ready':
      return {
        title: 'Ready',
        detail: [handsFree ? 'Waiting for your voice.' : 'What you say stays on this computer.'],
        tone: 'calm',
      }
    case 'failed':
      return { title: 'Not ready', detail: [sentences(model.error)], tone: 'bad' }
  }
}

/** `1.2 s behind`, or nothing while it keeps up. */
export function lagWords(seconds: number): string {
  return seconds < LAG_WORTH_SAYING_SECONDS ? '' : `${seconds.toFixed(1)} s behind`
}
