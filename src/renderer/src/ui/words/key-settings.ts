/** The keys one can choose, in their order, and what each is for. */
import type { KeySetting } from '../../../../shared/settings.ts'

export interface KeyWords {
  readonly setting: KeySetting
  readonly name: string
  readonly detail: string
}

/** Stands beside the model it is for. */
export const OTHER_KEY_WORDS: KeyWords = {
  setting: 'otherTalkKey',
  name: 'Another key, another model',
  detail: 'Starts and finishes a dictation that the model below reads.',
}

export const KEY_WORDS: readonly KeyWords[] = [
  { setting: 'talkKey', name: 'Talk', detail: 'Held or tapped, as chosen under Talking.' },
  {
    setting: 'latchKey',
    name: 'Go on without holding',
    detail: 'Pressed while the talk key is held: you can let go, and Steno listens on.',
  },
  { setting: 'toggleKey', name: 'Start and finish', detail: 'Works even where keys cannot be held to talk.' },
  { setting: 'cancelKey', name: 'Cancel', detail: 'Only while you dictate. The sound is kept for undo.' },
  { setting: 'undoKey', name: 'Undo cancel', detail: 'Writes down what was cancelled after all.' },
  { setting: 'copyLastKey', name: 'Copy the last text', detail: 'Puts it on the clipboard once more.' },
  { setting: 'retryLastKey', name: 'Try the last again', detail: 'Writes its sound down anew.' },
  {
    setting: 'rawKey',
    name: 'Back to raw',
    detail: 'Copies the last text as it was heard; pressed again, as it was edited.',
  },
]
