import { beforeEach, expect, it } from 'vitest'
import { ShortcutKeeper } from '../../../../src/main/keys/shortcut-keeper.ts'
import type { Chord } from '../../../../src/shared/keys.ts'
import type { KeySetting } from '../../../../src/shared/settings.ts'
import { TUNING } from '../../../../src/shared/tuning.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'
import { FakeShortcuts } from '../../../fakes/fake-shortcuts.ts'

const TOGGLE: [KeySetting, Chord] = ['toggleKey', ['Control', 'Shift', 'Space']]
const UNDO: [KeySetting, Chord] = ['undoKey', ['Control', 'Alt', 'KeyZ']]

let port: FakeShortcuts
let clock: FakeClock
let keeper: ShortcutKeeper
const pressed: string[] = []
const refused: string[] = []

beforeEach(() => {
  port = new FakeShortcuts()
  clock = new FakeClock()
  pressed.length = 0
  refused.length = 0
  keeper = new ShortcutKeeper({
    port,
    platform: 'linux',
    clock,
    tuning: TUNING,
    log: () => undefined,
    events: {
      pressed: (setting) => void pressed.push(setting),
      refused: (text, hint) => void refused.push(`${text} ${hint}`),
    },
  })
})

function want(...wanted: [KeySetting, Chord][]): void {
  keeper.want(new Map(wanted))
}

it('registers what is wanted, and nothing else', () => {
  want(TOGGLE, UNDO)
  expect(port.registered).toEqual(['Control+Alt+Z', 'Control+Shift+Space'])
  want(UNDO)
  expect(port.registered).toEqual(['Control+Alt+Z'])
  port.press('Control+Alt+Z')
  expect(pressed).toEqual(['undoKey'])
  keeper[Symbol.dispose]()
  expect(port.registered).toEqual([])
})

it('moves a chord from one setting to another', () => {
  want(['undoKey', ['F9']])
  want(['copyLastKey', ['F9']])
  port.press('F9')
  expect(pressed).toEqual(['copyLastKey'])
})

it('takes the repeats of a held shortcut for one press', async () => {
  want(TOGGLE)
  port.press('Control+Shift+Space')
  await clock.advance(600)
  for (let repeat = 0; repeat < 50; repeat++) {
    port.press('Control+Shift+Space')
    await clock.advance(30)
  }
  expect(pressed).toEqual(['toggleKey'])
  await clock.advance(TUNING.shortcutRepeatMs)
  port.press('Control+Shift+Space')
  expect(pressed).toEqual(['toggleKey', 'toggleKey'])
})

it('says once which chord another program has, and tries again', () => {
  port.taken.add('Control+Shift+Space')
  want(TOGGLE)
  want(TOGGLE, UNDO)
  expect(refused).toEqual([
    'Ctrl+Shift+Space, the key to start and stop, cannot be had: another program or the system has it. Choose another in the settings.',
  ])
  port.taken.clear()
  want(TOGGLE)
  expect(port.registered).toEqual(['Control+Shift+Space'])
})

it.each<[string, [KeySetting, Chord], string]>([
  [
    'that is modifiers only',
    ['undoKey', ['ControlRight']],
    'Right Ctrl, the undo key, cannot be a shortcut of the system.',
  ],
  [
    'that another setting has',
    ['undoKey', TOGGLE[1]],
    'Ctrl+Shift+Space, the undo key, is in use by another setting.',
  ],
])('says so of a chord %s', (_, entry, text) => {
  want(TOGGLE, entry)
  expect(refused[0]).toContain(text)
  expect(port.registered).toEqual(['Control+Shift+Space'])
})

it('survives a system that throws', () => {
  port.register = () => {
    throw new Error('not ready')
  }
  want(TOGGLE)
  expect(refused).toHaveLength(1)
})

it('gives the keys to others while suspended, and catches up afterwards', () => {
  want(TOGGLE)
  keeper.suspend(true)
  want(UNDO)
  port.press('Control+Shift+Space')
  expect(pressed).toEqual([])
  expect(refused).toEqual([])
  keeper.suspend(false)
  expect(port.registered).toEqual(['Control+Alt+Z'])
})

it('ends the suspension with itself', () => {
  want(TOGGLE)
  keeper.suspend(true)
  keeper[Symbol.dispose]()
  expect(port.suspended).toBe(false)
  expect(port.registered).toEqual([])
})
