import { describe, expect, it } from 'vitest'
import {
  NO_GESTURE,
  reduce,
  type GestureEvent,
  type GestureRules,
} from '../../../../src/main/keys/gestures.ts'
import type { TalkMode } from '../../../../src/shared/settings.ts'
import { randomFrom } from '../../../fakes/wav-files.ts'

function rulesOf(mode: TalkMode, modifiersOnly = true): GestureRules {
  return { mode, modifiersOnly, tapMs: 350, takeBackMs: 1_000 }
}

/** What is asked for, in one line. `on` and `off` are main's word, a number lets that many milliseconds pass. */
function play(score: string, rules: GestureRules): string {
  let state = NO_GESTURE
  let at = 0
  const asked: string[] = []
  for (const step of score.split(' ')) {
    if (/^\d/.test(step)) {
      at += Number(step)
      continue
    }
    const next = reduce(state, eventOf(step, at), rules)
    state = next.state
    for (const intent of next.intents) {
      asked.push(intent.kind === 'start' ? `start:${intent.grip}` : intent.kind)
    }
  }
  return asked.join(' ')
}

const SIGNALS = {
  down: 'talkDown',
  up: 'talkUp',
  lost: 'talkLost',
  latch: 'latch',
  other: 'other',
  cancel: 'cancel',
} as const

function eventOf(step: string, at: number): GestureEvent {
  if (step === 'toggle') return { kind: 'toggle' }
  if (step === 'on' || step === 'off') return { kind: 'dictating', on: step === 'on' }
  return { kind: SIGNALS[step as keyof typeof SIGNALS], at }
}

describe.each<[string, string, Record<TalkMode, string>]>([
  [
    'a hold',
    'down on 2000 up',
    { hold: 'start:held stop', auto: 'start:held stop', toggle: 'start:latched' },
  ],
  ['a tap', 'down on 100 up', { hold: 'start:held stop', auto: 'start:held latch', toggle: 'start:latched' }],
  [
    'two taps',
    'down on 100 up 3000 down 100 up off',
    { hold: 'start:held stop start:held stop', auto: 'start:held latch stop', toggle: 'start:latched stop' },
  ],
  [
    'two holds',
    'down on 900 up 100 down on 900 up',
    {
      hold: 'start:held stop start:held stop',
      auto: 'start:held stop start:held stop',
      toggle: 'start:latched stop',
    },
  ],
  [
    'a hold that is latched, and a press to end it',
    'down on 900 latch 500 up 3000 down 100 up off',
    { hold: 'start:held latch stop', auto: 'start:held latch stop', toggle: 'start:latched stop' },
  ],
  [
    'a shortcut typed with the talk key',
    'down on 200 other 100 up off',
    { hold: 'start:held takeBack', auto: 'start:held takeBack', toggle: 'start:latched takeBack' },
  ],
  [
    'another key late in a hold',
    'down on 1500 other 100 up',
    { hold: 'start:held stop', auto: 'start:held stop', toggle: 'start:latched' },
  ],
  [
    'an end by itself while the key is down',
    'down on 900 off 500 up',
    { hold: 'start:held', auto: 'start:held', toggle: 'start:latched' },
  ],
  [
    'the press after that',
    'down on 900 off 500 up down on 900 up',
    {
      hold: 'start:held start:held stop',
      auto: 'start:held start:held stop',
      toggle: 'start:latched start:latched',
    },
  ],
  [
    'a lost key-up',
    'down on 900 lost 3000 down 100 up',
    {
      hold: 'start:held latch tellLost stop',
      auto: 'start:held latch tellLost stop',
      toggle: 'start:latched stop',
    },
  ],
  [
    'cancel while the key is down',
    'down on 900 cancel off 100 up',
    { hold: 'start:held cancel', auto: 'start:held cancel', toggle: 'start:latched cancel' },
  ],
  ['cancel when nothing runs', 'cancel', { hold: '', auto: '', toggle: '' }],
  [
    'a dictation of the button, ended by the key',
    'on down 100 up off',
    { hold: 'stop', auto: 'stop', toggle: 'stop' },
  ],
  [
    'a dictation of the button, and a shortcut typed',
    'on down 100 other up',
    { hold: '', auto: '', toggle: '' },
  ],
  [
    'the toggle shortcut twice',
    'toggle on 900 toggle off',
    { hold: 'start:latched stop', auto: 'start:latched stop', toggle: 'start:latched stop' },
  ],
  [
    'the toggle shortcut in a hold',
    'down on 2000 toggle off up',
    { hold: 'start:held stop', auto: 'start:held stop', toggle: 'start:latched stop' },
  ],
  [
    'a start that main refuses, and the next',
    'toggle off toggle',
    {
      hold: 'start:latched start:latched',
      auto: 'start:latched start:latched',
      toggle: 'start:latched start:latched',
    },
  ],
  ['letting go of what was not pressed', 'up lost other latch', { hold: '', auto: '', toggle: '' }],
])('%s', (_, score, expected) => {
  it.each<TalkMode>(['hold', 'auto', 'toggle'])('in mode %s', (mode) => {
    expect(play(score, rulesOf(mode))).toBe(expected[mode])
  })
})

it('lets people type while they hold a talk key that is no modifier', () => {
  expect(play('down on 200 other 100 up', rulesOf('hold', false))).toBe('start:held stop')
  expect(play('on down 200 other 100 up', rulesOf('auto', false))).toBe('stop')
})

it('ends what a press was to end, also when nobody hears it end', () => {
  expect(play('on down 100 lost', rulesOf('auto'))).toBe('stop')
})

describe('whatever keys and main do', () => {
  const SEEDS = Array.from({ length: 60 }, (_, seed) => seed + 1)

  it.each(SEEDS)('no dictation begins in another, and none that is held is forgotten (seed %i)', (seed) => {
    const random = randomFrom(seed)
    const mode = (['hold', 'auto', 'toggle'] as const)[seed % 3] ?? 'hold'
    const desk = new Desk(rulesOf(mode, random() < 0.5))
    for (let turn = 0; turn < 400; turn++) {
      desk.at += Math.floor(random() * 1_200)
      desk.do(STEPS[Math.floor(random() * STEPS.length)] ?? 'main')
      if (!desk.keyDown) expect(desk.grip).not.toBe('held')
      expect(desk.state.running).toBe(desk.grip !== undefined)
    }
  })
})

const STEPS = ['down', 'up', 'lost', 'latch', 'other', 'cancel', 'toggle', 'main'] as const

/** A key, a hand that cannot let go of what it does not hold, and main. */
class Desk {
  state = NO_GESTURE
  at = 0
  keyDown = false
  /** Of the dictation under way. */
  grip: string | undefined
  readonly #rules: GestureRules

  constructor(rules: GestureRules) {
    this.#rules = rules
  }

  do(step: (typeof STEPS)[number]): void {
    switch (step) {
      case 'main':
        // One ends by itself, or begins by the button.
        this.grip = this.grip === undefined ? 'latched' : undefined
        this.#reduce({ kind: 'dictating', on: this.grip !== undefined })
        break
      case 'cancel':
      case 'toggle':
        this.#reduce(eventOf(step, this.at))
        break
      case 'down':
      case 'latch':
      case 'other':
      case 'up':
      case 'lost':
        this.#move(step)
        break
    }
  }

  #move(step: 'down' | 'latch' | 'other' | 'up' | 'lost'): void {
    if (this.keyDown === (step === 'down')) return
    this.keyDown = step !== 'up' && step !== 'lost'
    this.#reduce(eventOf(step, this.at))
  }

  #reduce(event: GestureEvent): void {
    const { state, intents } = reduce(this.state, event, this.#rules)
    this.state = state
    for (const intent of intents) {
      if (intent.kind === 'start') {
        expect(this.grip).toBeUndefined()
        this.grip = intent.grip
      } else if (intent.kind === 'latch') this.grip = 'latched'
      else if (intent.kind !== 'tellLost') this.grip = undefined
    }
  }
}
