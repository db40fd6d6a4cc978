/** The text goes to the clipboard, which answers later. */
import { clipboard } from 'electron'
import { StenoError } from '../../shared/errors.ts'
import type { Output } from '../dictation/ports.ts'

export const clipboardOutput: Output = {
  async deliver(text) {
    try {
      await clipboard.writeText(text)
    } catch (cause) {
      throw new StenoError('delivery-failed', 'The clipboard did not take the text.', {
        hint: 'It is in today’s list: copy it from there.',
        cause,
      })
    }
  },
}
