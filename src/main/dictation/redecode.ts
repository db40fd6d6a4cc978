/** A kept recording → its text, by the same supervisor as live speech. */
import { SAMPLE_RATE, type Pcm } from '../../shared/audio.ts'
import { unedited, type Written } from '../../shared/edits.ts'
import { StenoError, toWire } from '../../shared/errors.ts'
import type { DictationId, Outcome } from '../../shared/dictation.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Custody, Output, Transcription } from './ports.ts'
import { write } from './writing.ts'

interface Redecoding {
  readonly transcription: Transcription
  readonly custody: Custody
  readonly output: Output
  readonly settings: () => Settings
}

/**
 * Decodes the sound of a dictation again and seals it anew; never rejects, the outcome says how it went.
 * @param deliver whether the text is to be put on the clipboard.
 */
export async function redecode(world: Redecoding, id: DictationId, deliver: boolean): Promise<void> {
  const { custody, output, transcription } = world
  const settings = world.settings()
  custody.reopen(id)
  let written = custody.writtenOf(id) ?? unedited('')
  let outcome: Outcome
  try {
    const sound = await custody.soundOf(id)
    if (sound === undefined) throw soundMissing()
    transcription.reset()
    written = await decode(transcription, sound, settings)
    const { text } = written
    outcome = text === '' ? { kind: 'nothing-heard' } : { kind: 'copied' }
    if (text !== '' && deliver) await output.deliver(text)
  } catch (error) {
    const wire = toWire(error)
    // Steno ends: the row stays open, and the next start takes it up again.
    if (wire.code === 'disposed') return
    outcome =
      wire.code === 'delivery-failed' ? { kind: 'undelivered', error: wire } : { kind: 'failed', error: wire }
  }
  custody.seal(id, { outcome, written, timesMs: {} })
}

async function decode(transcription: Transcription, sound: Pcm, settings: Settings): Promise<Written> {
  const utterance = transcription.open({ live: false })
  try {
    for (let at = 0; at < sound.length; at += SAMPLE_RATE)
      await utterance.write(sound.slice(at, at + SAMPLE_RATE))
    return write(await utterance.finish(), settings, utterance.model)
  } catch (error) {
    utterance.cancel(error)
    throw error
  }
}

function soundMissing(): StenoError {
  return new StenoError('sound-missing', 'The sound of this dictation is not there any more.', {
    hint: 'Nothing was recorded, or its file was deleted.',
  })
}
