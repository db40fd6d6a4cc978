import { describe, expect, it } from 'vitest'
import { isInvented } from '../../../../src/engine/decode/whisper-inventions.ts'

const SHORT = { seconds: 0.7, noSpeech: 0.5 }

describe('what Whisper invents', () => {
  it.each(['Thank you.', ' thanks for watching!', 'You', '[BLANK_AUDIO]'])(
    'over a short noise that it doubts itself: “%s”',
    (text) => {
      expect(isInvented({ ...SHORT, text }, [])).toBe(true)
    },
  )

  it('repeats what it was shown', () => {
    expect(isInvented({ ...SHORT, text: 'Steno, hop size.' }, ['Ada', 'Steno', 'hop size'])).toBe(true)
    expect(isInvented({ ...SHORT, text: 'size' }, ['hop size'])).toBe(true)
    expect(isInvented({ ...SHORT, text: 'Sten' }, ['Steno'])).toBe(false)
  })

  it('is what somebody said where the sound is long, or sure to be speech', () => {
    expect(isInvented({ text: 'Thank you.', seconds: 1.2, noSpeech: 0.5 }, [])).toBe(false)
    expect(isInvented({ text: 'Thank you.', seconds: 0.7, noSpeech: 0.1 }, [])).toBe(false)
    expect(isInvented({ ...SHORT, text: 'Thank you, Ada.' }, [])).toBe(false)
    expect(isInvented({ ...SHORT, text: '' }, ['Steno'])).toBe(false)
  })
})
