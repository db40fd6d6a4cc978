/** What to say about a chord before somebody chooses it: who else uses it, and where it would not work. */
import { acceleratorOf } from './accelerators.ts'
import { contains, modifierOf, onlyModifiers, sameKeys, type Platform } from './chords.ts'
import { labelOf } from './key-labels.ts'
import type { Chord, KeyCode, KeysHealth } from './keys.ts'
import type { KeySetting, Settings } from './settings.ts'
import { knownUse } from './well-known-chords.ts'

export { labelOf } from './key-labels.ts'
export { chordFrom, platformNamed, type Platform } from './chords.ts'

export interface Conflict {
  /** error: it would not work · warning: it would surprise. */
  readonly level: 'error' | 'warning'
  readonly text: string
}

export interface Choice {
  readonly setting: KeySetting
  readonly chord: Chord
  /** As they are now; the setting's own value in it does not matter. */
  readonly settings: Settings
  readonly platform: Platform
  /** Whether keys can be held to talk at all. */
  readonly hook: KeysHealth['state']
}

/** How each setting is called in a sentence. */
export const KEY_SETTING_NAMES: Readonly<Record<KeySetting, string>> = {
  talkKey: 'the talk key',
  latchKey: 'the key to go on hands-free',
  toggleKey: 'the key to start and stop',
  cancelKey: 'the cancel key',
  undoKey: 'the undo key',
  copyLastKey: 'the key to copy the last text',
  retryLastKey: 'the key to decode again',
  rawKey: 'the key for the raw text',
  otherTalkKey: 'the key for the other model',
}

const KEY_SETTINGS = Object.keys(KEY_SETTING_NAMES) as KeySetting[]

/** The most serious first; none means that nothing speaks against it. */
export function conflictsOf(choice: Choice): readonly Conflict[] {
  if (choice.chord.length === 0) return []
  const found = [...cannotWork(choice), ...usedBySteno(choice), ...usedByOthers(choice), ...surprises(choice)]
  return found.sort((a, b) => Number(b.level === 'error') - Number(a.level === 'error'))
}

function cannotWork({ setting, chord, settings, platform, hook }: Choice): Conflict[] {
  const found: Conflict[] = []
  const watched = setting === 'talkKey' || setting === 'latchKey'
  const label = labelOf(chord, platform)
  if (!watched && acceleratorOf(chord) === undefined) {
    found.push(error(`${label} cannot be a shortcut of the system: add a key that is no modifier.`))
  }
  if (watched && hook === 'unavailable' && (setting === 'latchKey' || acceleratorOf(chord) === undefined)) {
    found.push(error(`${label} does nothing while keys cannot be watched on this desktop.`))
  }
  const held = setting === 'talkKey' && settings.talkMode !== 'toggle'
  if (held && platform === 'darwin' && chord.includes('CapsLock')) {
    found.push(error('Caps Lock cannot be held: a Mac does not say when it is let go.'))
  }
  return found
}

function usedBySteno({ setting, chord, settings }: Choice): Conflict[] {
  const after: Settings = { ...settings, [setting]: chord }
  const others = KEY_SETTINGS.filter((other) => other !== setting)
  const same = others.filter((other) => sameKeys(settings[other] ?? [], chord))
  const found = same.map((other) => error(`It is ${KEY_SETTING_NAMES[other]} already.`))
  if (setting === 'talkKey' || setting === 'latchKey') found.push(...heldTogether(after, same))
  return found
}

/** The latch key is pressed while the talk key is held. */
function heldTogether({ talkKey, latchKey, ...settings }: Settings, told: readonly KeySetting[]): Conflict[] {
  if (talkKey === null || latchKey === null) return []
  if (contains(talkKey, latchKey) && told.length === 0) {
    return [error('The key to go on hands-free is pressed while the talk key is held: they must differ.')]
  }
  const both = [...talkKey, ...latchKey]
  const set = KEY_SETTINGS.filter((other) => other !== 'talkKey' && other !== 'latchKey')
  return set
    .filter((other) => sameKeys(settings[other] ?? [], both))
    .map((other) => warning(`The talk key with the key to go on hands-free is ${KEY_SETTING_NAMES[other]}.`))
}

function usedByOthers({ setting, chord, platform }: Choice): Conflict[] {
  // The cancel key is taken from other programs only while a dictation runs; the latch key only counts beside another.
  if (setting === 'latchKey' || (setting === 'cancelKey' && sameKeys(chord, ['Escape']))) return []
  const use = knownUse(chord, platform)
  return use === undefined ? [] : [warning(`${labelOf(chord, platform)} ${use}.`)]
}

function surprises({ setting, chord, settings, platform }: Choice): Conflict[] {
  const found: Conflict[] = []
  const label = labelOf(chord, platform)
  if (types(chord) && setting === 'latchKey') {
    // Beside a held Ctrl, Alt or Meta it writes nothing.
    const written = (settings.talkKey ?? []).every((code) => isShift(code) || modifierOf(code) === undefined)
    if (written) found.push(warning(`${label} is also typed into the program in front.`))
  } else if (types(chord)) {
    found.push(warning(`Typing ${label} anywhere would set it off.`))
  }
  if (setting === 'talkKey' && chord.length === 1) found.push(...loneKey(chord[0] ?? '', platform))
  return found
}

function loneKey(code: KeyCode, platform: Platform): Conflict[] {
  const label = labelOf([code], platform)
  const modifier = modifierOf(code)
  if (code === 'CapsLock' || code === 'NumLock' || code === 'ScrollLock') {
    return [warning(`${label} goes on switching its lock each time.`)]
  }
  if (modifier === undefined) return []
  if (code === 'AltRight' && platform !== 'darwin') {
    return [warning(`${label} is AltGr on many keyboards and needed to type some characters.`)]
  }
  if (!code.endsWith('Right')) {
    return [warning(`${label} begins many shortcuts; the right one is less in use.`)]
  }
  return modifier === 'Shift' ? [warning(`${label} is needed to type capitals.`)] : []
}

/** Whether pressing it writes a character: one printable key, perhaps with Shift. */
function types(chord: Chord): boolean {
  if (onlyModifiers(chord)) return false
  return chord.every((code) => isShift(code) || PRINTABLE.test(code))
}

const PRINTABLE =
  /^(Key[A-Z]|Digit\d|Numpad(\d|Add|Subtract|Multiply|Divide|Decimal)|Space|Minus|Equal|Bracket(Left|Right)|Backslash|Semicolon|Quote|Backquote|Comma|Period|Slash|IntlBackslash)$/

function isShift(code: KeyCode): boolean {
  return modifierOf(code) === 'Shift'
}

function error(text: string): Conflict {
  return { level: 'error', text }
}

function warning(text: string): Conflict {
  return { level: 'warning', text }
}
