import { describe, expect, it } from 'vitest'
import {
  chordFrom,
  conflictsOf,
  labelOf,
  platformNamed,
  type Choice,
} from '../../../src/shared/key-conflicts.ts'
import type { Chord } from '../../../src/shared/keys.ts'
import { DEFAULT_SETTINGS, type KeySetting } from '../../../src/shared/settings.ts'

function conflicts(setting: KeySetting, chord: Chord, more: Partial<Choice> = {}): string[] {
  const choice: Choice = {
    setting,
    chord,
    settings: DEFAULT_SETTINGS,
    platform: 'linux',
    hook: 'working',
    ...more,
  }
  return conflictsOf(choice).map(({ level, text }) => `${level}: ${text}`)
}

describe('a chord for people to read', () => {
  it.each([
    [['ControlRight'], 'linux', 'Right Ctrl'],
    [['Space', 'Shift', 'Control'], 'linux', 'Ctrl+Shift+Space'],
    [['Meta', 'KeyD'], 'win32', 'Win+D'],
    [['Meta', 'Digit1'], 'linux', 'Super+1'],
    [['Control', 'Alt', 'Space'], 'darwin', '⌃⌥Space'],
    [['AltRight'], 'darwin', 'Right ⌥'],
    [['ControlRight', 'ShiftRight'], 'darwin', 'Right ⌃+Right ⇧'],
    [['Numpad7'], 'linux', 'Num 7'],
    [['F13'], 'linux', 'F13'],
    [['Backquote'], 'linux', '`'],
  ] as const)('%j on %s is %s', (chord, platform, label) => {
    expect(labelOf(chord, platform)).toBe(label)
  })
})

describe('the chord of keys that were pressed', () => {
  it.each([
    [['ControlRight'], ['ControlRight']],
    [
      ['ShiftRight', 'ControlLeft'],
      ['ControlLeft', 'ShiftRight'],
    ],
    [
      ['Space', 'ShiftLeft', 'ControlRight'],
      ['Control', 'Shift', 'Space'],
    ],
    [
      ['ControlLeft', 'ControlRight', 'F9'],
      ['Control', 'F9'],
    ],
    [
      ['KeyA', 'KeyB', 'KeyC', 'KeyD', 'KeyE'],
      ['KeyA', 'KeyB', 'KeyC', 'KeyD'],
    ],
    [[], []],
  ])('%j is %j', (pressed, chord) => {
    expect(chordFrom(pressed)).toEqual(chord)
  })
})

describe('conflicts', () => {
  it('has nothing against what Steno chooses itself', () => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      for (const [setting, chord] of Object.entries(DEFAULT_SETTINGS)) {
        if (Array.isArray(chord) && setting.endsWith('Key')) {
          expect(conflicts(setting as KeySetting, chord as Chord, { platform })).toEqual([])
        }
      }
    }
  })

  it.each<[string, KeySetting, Chord, Partial<Choice>, string[]]>([
    ['no chord at all', 'talkKey', [], {}, []],
    [
      'a chord in use',
      'undoKey',
      ['Control', 'Alt', 'KeyC'],
      {},
      ['error: It is the key to copy the last text already.'],
    ],
    [
      'the same with sides',
      'undoKey',
      ['KeyC', 'AltLeft', 'ControlRight'],
      {},
      ['error: It is the key to copy the last text already.'],
    ],
    [
      'a modifier as a shortcut',
      'toggleKey',
      ['ShiftRight'],
      {},
      ['error: Right Shift cannot be a shortcut of the system: add a key that is no modifier.'],
    ],
    [
      'a talk key without a hook',
      'talkKey',
      ['ControlRight'],
      { hook: 'unavailable' },
      ['error: Right Ctrl does nothing while keys cannot be watched on this desktop.'],
    ],
    ['one that can be a shortcut', 'talkKey', ['F9'], { hook: 'unavailable' }, []],
    [
      'a latch key without a hook',
      'latchKey',
      ['Space'],
      { hook: 'unavailable' },
      ['error: Space does nothing while keys cannot be watched on this desktop.'],
    ],
    ['a letter', 'toggleKey', ['KeyJ'], {}, ['warning: Typing J anywhere would set it off.']],
    ['a capital', 'toggleKey', ['Shift', 'KeyJ'], {}, ['warning: Typing Shift+J anywhere would set it off.']],
    ['copy', 'toggleKey', ['Control', 'KeyC'], {}, ['warning: Ctrl+C copies.']],
    ['copy on a Mac', 'toggleKey', ['Meta', 'KeyC'], { platform: 'darwin' }, ['warning: ⌘C copies.']],
    [
      'dictation of Windows',
      'toggleKey',
      ['Meta', 'KeyH'],
      { platform: 'win32' },
      ['warning: Win+H opens Windows’ own dictation.'],
    ],
    [
      'a left modifier',
      'talkKey',
      ['ControlLeft'],
      {},
      ['warning: Left Ctrl begins many shortcuts; the right one is less in use.'],
    ],
    [
      'either side',
      'talkKey',
      ['Shift'],
      {},
      ['warning: Shift begins many shortcuts; the right one is less in use.'],
    ],
    [
      'AltGr',
      'talkKey',
      ['AltRight'],
      {},
      ['warning: Right Alt is AltGr on many keyboards and needed to type some characters.'],
    ],
    ['the same on a Mac', 'talkKey', ['AltRight'], { platform: 'darwin' }, []],
    ['Caps Lock', 'talkKey', ['CapsLock'], {}, ['warning: Caps Lock goes on switching its lock each time.']],
    [
      'latch in talk',
      'latchKey',
      ['Shift'],
      { settings: { ...DEFAULT_SETTINGS, talkKey: ['Control', 'Shift'] } },
      ['error: The key to go on hands-free is pressed while the talk key is held: they must differ.'],
    ],
    [
      'a latch key that types',
      'latchKey',
      ['Space'],
      { settings: { ...DEFAULT_SETTINGS, talkKey: ['F9'] } },
      ['warning: Space is also typed into the program in front.'],
    ],
    [
      'talk and latch together',
      'latchKey',
      ['Alt', 'KeyC'],
      {},
      ['warning: The talk key with the key to go on hands-free is the key to copy the last text.'],
    ],
  ])('%s', (_, setting, chord, more, expected) => {
    expect(conflicts(setting, chord, more)).toEqual(expected)
  })

  it('puts what would not work first', () => {
    const found = conflicts('talkKey', ['CapsLock'], { platform: 'darwin' })
    expect(found.map((text) => text.split(':')[0])).toEqual(['error', 'warning'])
  })
})

it('knows the platform by either name', () => {
  expect(
    ['darwin', 'MacIntel', 'win32', 'Win32', 'linux', 'Linux x86_64', 'haiku'].map(platformNamed),
  ).toEqual(['darwin', 'darwin', 'win32', 'win32', 'linux', 'linux', 'linux'])
})
