/** A kept recording → its text, by the same supervisor as live speech. */
import { SAMPLE_RATE, type Pcm } from '../../shared/audio.ts'
import { unedited, type Written } from '../../shared/edits.ts'
import { StenoError, toWire } from '../../shared/errors.ts'
import type { DictationId, Outcome } from '../../shared/dictation.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Custody, Output, SealedFacts, Transcription } from './ports.ts'
import { write } from './writing.ts'

export interface Redecoding {
  readonly transcription: Transcription
  readonly custody: Custody
  readonly output: Output
  readonly settings: () => Settings
}

export interface RedecodeOptions {
  /** Whether the text is to be put on the clipboard; else it is offered in the list. */
  readonly deliver: boolean
  readonly signal?: AbortSignal
}

/**
 * Decodes the sound of a dictation again and seals it anew; never rejects, the outcome says how it went.
 * @returns whether it was sealed: not when Steno ends or the signal aborts; then the row stays open.
 */
export async function redecode(
  world: Redecoding,
  id: DictationId,
  { deliver, signal }: RedecodeOptions,
): Promise<boolean> {
  const { custody, output, transcription } = world
  const settings = world.settings()
  custody.reopen(id)
  let said: Said = { written: custody.writtenOf(id) ?? unedited('') }
  let outcome: Outcome
  try {
    const sound = await custody.soundOf(id)
    if (sound === undefined) throw soundMissing()
    transcription.reset()
    said = await decode(transcription, sound, settings, signal)
    const { text } = said.written
    if (text !== '' && deliver) await output.deliver(text)
    outcome = { kind: text === '' ? 'nothing-heard' : deliver ? 'copied' : 'interrupted' }
  } catch (error) {
    const wire = toWire(error)
    // The row stays open, and this or the next start takes it up again.
    if (wire.code === 'disposed' || signal?.aborted === true) return false
    outcome =
      wire.code === 'delivery-failed' ? { kind: 'undelivered', error: wire } : { kind: 'failed', error: wire }
  }
  custody.seal(id, { ...said, outcome, timesMs: {} })
  return true
}

type Said = Pick<SealedFacts, 'model' | 'words'> & { readonly written: Written }

async function decode(
  transcription: Transcription,
  sound: Pcm,
  settings: Settings,
  signal: AbortSignal | undefined,
): Promise<Said> {
  const utterance = transcription.open({ live: false })
  const giveUp = (): void => {
    utterance.cancel(signal?.reason)
  }
  signal?.addEventListener('abort', giveUp)
  try {
    for (let at = 0; at < sound.length; at += SAMPLE_RATE) {
      signal?.throwIfAborted()
      await utterance.write(sound.slice(at, at + SAMPLE_RATE))
    }
    const transcript = await utterance.finish()
    const { model } = utterance
    return { written: write(transcript, settings, model), model: model?.id, words: transcript.words }
  } catch (error) {
    utterance.cancel(error)
    throw error
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
}

function soundMissing(): StenoError {
  return new StenoError('sound-missing', 'The sound of this dictation is not there any more.', {
    hint: 'Nothing was recorded, or its file was deleted.',
  })
}
