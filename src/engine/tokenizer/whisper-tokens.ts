/**
 * Whisper's special tokens (openai/whisper, whisper/tokenizer.py), found by name: their ids differ between the
 * English, the 99- and the 100-language vocabularies.
 */
import { StenoError } from '../../shared/errors.ts'
import type { ByteLevelTokenizer } from './byte-level.ts'

export interface WhisperTokens {
  readonly end: number
  readonly start: number
  readonly transcribe: number
  readonly translate: number
  readonly previous: number
  readonly languageModel: number
  /** Its probability at `start` is that of silence. */
  readonly noSpeech: number
  readonly noTimestamps: number
  /** 0.00 s; each one after it 0.02 s more. */
  readonly firstTimestamp: number
  /** Ids by ISO 639 code; empty for a model of English alone. */
  readonly languages: ReadonlyMap<string, number>
}

/** Seconds between two timestamps; the last of the 1501 is 30 s. */
export const TIMESTAMP_SECONDS = 0.02

const LANGUAGE = /^<\|([a-z]{2,3})\|>$/

/** Throws `model-corrupt`, naming `file`, when one is missing. */
export function whisperTokens(
  { special }: ByteLevelTokenizer,
  multilingual: boolean,
  file: string,
): WhisperTokens {
  const id = (...names: string[]): number => {
    const found = names.map((name) => special.get(`<|${name}|>`)).find((known) => known !== undefined)
    if (found !== undefined) return found
    throw new StenoError('model-corrupt', `The model’s token list has no <|${names[0] ?? ''}|>: ${file}`, {
      file,
      hint: 'Fetch the model again.',
    })
  }
  const start = id('startoftranscript')
  const translate = id('translate')
  const noTimestamps = id('notimestamps')
  const languages = [...special].flatMap(([name, token]): [string, number][] => {
    const code = LANGUAGE.exec(name)?.[1]
    return multilingual && code !== undefined && token > start && token < translate ? [[code, token]] : []
  })
  return {
    end: id('endoftext'),
    start,
    transcribe: id('transcribe'),
    translate,
    previous: id('startofprev'),
    languageModel: id('startoflm'),
    // Older tokenizers call it the other way.
    noSpeech: id('nospeech', 'nocaptions'),
    noTimestamps,
    firstTimestamp: noTimestamps + 1,
    languages: new Map(languages),
  }
}
