import { describe, expect, it } from 'vitest'
import {
  forget,
  hear,
  NOTHING_HELD,
  type KeySignal,
  type Watched,
} from '../../../../src/main/keys/chord-watch.ts'
import { modifierOf } from '../../../../src/shared/chords.ts'
import type { KeyEvent, Modifier } from '../../../../src/shared/keys.ts'
import { randomFrom } from '../../../fakes/wav-files.ts'

const RIGHT_CTRL: Watched = { talk: ['ControlRight'], latch: ['Space'], cancel: ['Escape'] }
const F9: Watched = { ...RIGHT_CTRL, talk: ['F9'] }
const CTRL_F9: Watched = { ...RIGHT_CTRL, talk: ['F9', 'Control'] }
const ALT_GR: Watched = { ...RIGHT_CTRL, talk: ['AltRight'] }
const SHIFT_LATCH: Watched = { ...F9, latch: ['Shift', 'Space'] }
const GAP_MS = 1_500

/**
 * Signals of a little score: `+Key` and `-Key` press and let go, `~Key` lets go unheard, a number waits that many
 * milliseconds, `?` forgets. A step of the score takes 10 ms.
 */
function play(watched: Watched, score: string): string {
  let held = NOTHING_HELD
  let at = 0
  const down = new Set<string>()
  const signals: KeySignal[] = []
  for (const step of score.split(' ')) {
    const code = step.slice(1)
    at += /^\d/.test(step) ? Number(step) : 10
    if (step === '?') {
      const heard = forget(held)
      held = heard.held
      signals.push(...heard.signals)
    }
    if (step.startsWith('+')) down.add(code)
    if (step.startsWith('-') || step.startsWith('~')) down.delete(code)
    if (!step.startsWith('+') && !step.startsWith('-')) continue
    const modifiers = [...down].map(modifierOf).filter((name): name is Modifier => name !== undefined)
    const event: KeyEvent = { kind: step.startsWith('+') ? 'down' : 'up', code, modifiers }
    const heard = hear(held, event, at, watched, GAP_MS)
    held = heard.held
    signals.push(...heard.signals)
  }
  return signals.join(' ')
}

describe('a talk chord', () => {
  it.each<[string, Watched, string, string]>([
    ['is pressed and let go', F9, '+F9 -F9', 'talkDown talkUp'],
    ['may be a modifier alone', RIGHT_CTRL, '+ControlRight -ControlRight', 'talkDown talkUp'],
    ['means the side it names', RIGHT_CTRL, '+ControlLeft -ControlLeft', ''],
    [
      'of either side means both',
      { ...F9, talk: ['Control'] },
      '+ControlLeft -ControlLeft +ControlRight -ControlRight',
      'talkDown talkUp talkDown talkUp',
    ],
    [
      'of either side is down until both are up',
      { ...F9, talk: ['Control'] },
      '+ControlLeft -ControlLeft',
      'talkDown talkUp',
    ],
    ['counts in any order', CTRL_F9, '+F9 +ControlLeft -F9 -ControlLeft', 'talkDown talkUp'],
    ['is over with its first key', CTRL_F9, '+ControlLeft +F9 -ControlLeft -F9', 'talkDown talkUp'],
    [
      'begins again only when complete again',
      CTRL_F9,
      '+ControlLeft +F9 -F9 +F9 -F9',
      'talkDown talkUp talkDown talkUp',
    ],
    ['ignores repeats', F9, '+F9 500 +F9 +F9 +F9 -F9', 'talkDown talkUp'],
    ['is not part of a larger one', F9, '+ControlLeft +F9 -F9 -ControlLeft', ''],
    ['of a modifier is not part of a larger one', RIGHT_CTRL, '+ShiftLeft +ControlRight -ControlRight', ''],
    ['with the other side held is another chord', RIGHT_CTRL, '+ControlLeft +ControlRight -ControlRight', ''],
    [
      'counts while a letter is still down, as fast typists leave it',
      RIGHT_CTRL,
      '+KeyE +ControlRight -KeyE -ControlRight',
      'talkDown talkUp',
    ],
    [
      'may be AltGr, with which Windows presses Ctrl',
      ALT_GR,
      '+ControlLeft +AltRight -ControlLeft -AltRight',
      'talkDown talkUp',
    ],
    ['that is not set never counts', { ...F9, talk: null }, '+F9 -F9', ''],
    ['without keys never counts', { ...F9, talk: [] }, '+F9 -F9', ''],
  ])('%s', (_, watched, score, signals) => {
    expect(play(watched, score)).toBe(signals)
  })
})

describe('another key while the talk key is down', () => {
  it.each<[string, Watched, string, string]>([
    ['is told of', RIGHT_CTRL, '+ControlRight +KeyC -KeyC -ControlRight', 'talkDown other talkUp'],
    [
      'is told of once, however long it is held',
      RIGHT_CTRL,
      '+ControlRight +KeyC 300 +KeyC +KeyC',
      'talkDown other',
    ],
    [
      'may be the latch key',
      RIGHT_CTRL,
      '+ControlRight +Space -ControlRight -Space',
      'talkDown latch talkUp',
    ],
    ['may be the cancel key', RIGHT_CTRL, '+ControlRight +Escape', 'talkDown cancel'],
    ['may be a modifier', RIGHT_CTRL, '+ControlRight +ShiftLeft', 'talkDown other'],
    ['may be the first of the latch keys', SHIFT_LATCH, '+F9 +ShiftLeft +Space', 'talkDown latch'],
    ['is nothing without the talk key', RIGHT_CTRL, '+Space -Space +Escape -Escape', ''],
  ])('%s', (_, watched, score, signals) => {
    expect(play(watched, score)).toBe(signals)
  })
})

describe('a key-up that got lost', () => {
  it.each<[string, Watched, string, string]>([
    [
      'shows in the modifiers of the next key',
      RIGHT_CTRL,
      '+ControlRight ~ControlRight +KeyA',
      'talkDown talkLost',
    ],
    ['shows in a fresh down of the key', F9, '+F9 ~F9 2000 +F9 -F9', 'talkDown talkLost talkDown talkUp'],
    [
      'of a modifier among others shows, too',
      CTRL_F9,
      '+ControlLeft +F9 ~ControlLeft +KeyA',
      'talkDown talkLost',
    ],
    ['is assumed when nobody listened', F9, '+F9 ?', 'talkDown talkLost'],
    [
      'of a key that means nothing does no harm',
      RIGHT_CTRL,
      '+ShiftLeft ~ShiftLeft +ControlRight',
      'talkDown',
    ],
    ['of a letter does no harm', RIGHT_CTRL, '+KeyA ~KeyA +ControlRight +KeyA', 'talkDown'],
    [
      'of a letter is forgotten after a while',
      RIGHT_CTRL,
      '+KeyA ~KeyA 2000 +ControlRight +KeyA',
      'talkDown other',
    ],
  ])('%s', (_, watched, score, signals) => {
    expect(play(watched, score)).toBe(signals)
  })

  it('is none when nothing was held', () => {
    expect(play(F9, '? +F9 -F9 ?')).toBe('talkDown talkUp')
  })
})

describe('whatever is pressed, and whatever is not heard', () => {
  const SEEDS = Array.from({ length: 40 }, (_, seed) => seed + 1)
  const CODES = ['ControlLeft', 'ControlRight', 'F9', 'Space', 'Escape', 'KeyA', 'ShiftLeft']
  const CHORDS = [F9, CTRL_F9, RIGHT_CTRL, SHIFT_LATCH]

  it.each(SEEDS)('a talk key goes down and up by turns, other keys count in between (seed %i)', (seed) => {
    const random = randomFrom(seed)
    const steps = Array.from({ length: 1_500 }, () => {
      const kind = '++--~?'.charAt(Math.floor(random() * 6))
      if (kind === '?') return random() < 0.2 ? '?' : `${Math.floor(random() * 3_000)}`
      return `${kind}${CODES[Math.floor(random() * CODES.length)] ?? ''}`
    })
    const signals = play(CHORDS[seed % CHORDS.length] ?? F9, steps.join(' ')).split(' ')
    expect(signals.length).toBeGreaterThan(10)
    let down = false
    for (const signal of signals) {
      expect(down).toBe(signal !== 'talkDown')
      if (signal.startsWith('talk')) down = signal === 'talkDown'
    }
  })
})
