/** The tokens Whisper reads before it writes (openai/whisper, whisper/decoding.py, _get_initial_tokens). */
import type { Wishes } from '../../shared/worker-frames.ts'
import type { WhisperSettings } from './whisper-settings.ts'

/**
 * What was said before, here the user's vocabulary; then the start, language and task, and whether there are to be
 * timestamps. A model of English alone has neither language nor task.
 */
export function whisperPrompt(
  { tokens, tokenizer, context }: Pick<WhisperSettings, 'tokens' | 'tokenizer' | 'context'>,
  { language, translate, vocabulary = [] }: Wishes,
  timestamps: boolean,
): number[] {
  // Half of the context, less the mark before it; its end counts most, so the beginning is what is cut.
  const room = Math.floor(context / 2) - 1
  const before = vocabulary.length === 0 ? [] : tokenizer.encode(` ${vocabulary.join(', ')}.`).slice(-room)
  const languageToken = language === undefined ? undefined : tokens.languages.get(language)
  return [
    ...(before.length === 0 ? [] : [tokens.previous, ...before]),
    tokens.start,
    ...(languageToken === undefined
      ? []
      : [languageToken, translate === true ? tokens.translate : tokens.transcribe]),
    ...(timestamps ? [] : [tokens.noTimestamps]),
  ]
}
