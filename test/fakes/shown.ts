import type { ShownText } from '../../src/shared/dictation.ts'

/** Text of which the model was sure. */
export function sure(text: string): ShownText {
  return { text, doubts: [] }
}
