/**
 * Text that Whisper writes where hardly anybody spoke: what it was shown before the speech, or what its training data
 * say over silence. Both are also things that people dictate, so the text alone is no reason: the sound must be short
 * and the model itself doubt that it was speech.
 */
/** Of sound, run-up and fading included. */
const SHORT_SECONDS = 1
const DOUBTED_SPEECH = 0.3

/** Collected from issues of dictation programs that use it (Hyprwhspr, Amical, OpenWhispr). */
const PHRASES = new Set([
  'you',
  'bye',
  'thank you',
  'thank you very much',
  'thanks for watching',
  'thank you for watching',
  'please subscribe',
  'subtitles by the amara org community',
  'blank audio',
  'music',
  'silence',
  'applause',
  'keyboard clicking',
])

export interface Doubtful {
  readonly text: string
  readonly seconds: number
  /** Probability that nobody speaks, 0 to 1. */
  readonly noSpeech: number
}

/** @param shown what the model read before the speech. */
export function isInvented({ text, seconds, noSpeech }: Doubtful, shown: readonly string[]): boolean {
  if (seconds >= SHORT_SECONDS || noSpeech < DOUBTED_SPEECH) return false
  const said = spoken(text)
  return PHRASES.has(said) || (said !== '' && ` ${spoken(shown.join(' '))} `.includes(` ${said} `))
}

/** Words without case and signs. */
function spoken(text: string): string {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}']+/u)
    .filter((word) => word !== '')
    .join(' ')
}
