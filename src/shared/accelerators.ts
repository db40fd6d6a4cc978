/**
 * Chords as Electron's `globalShortcut` writes them. The system knows no sides and wants exactly one key that is no
 * modifier. It means the key by what is printed on it, while a code means its place: on a layout that swaps letters
 * (QWERTZ, AZERTY) the shortcut of `KeyZ` is on the key that types z.
 */
import { inOrder, modifierOf } from './chords.ts'
import type { Chord, KeyCode } from './keys.ts'

const MODIFIER_NAMES = { Control: 'Control', Alt: 'Alt', Shift: 'Shift', Meta: 'Super' } as const

const KEY_NAMES: Readonly<Record<KeyCode, string>> = {
  Space: 'Space',
  Tab: 'Tab',
  Enter: 'Enter',
  Escape: 'Escape',
  Backspace: 'Backspace',
  Delete: 'Delete',
  Insert: 'Insert',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  PrintScreen: 'PrintScreen',
  ScrollLock: 'Scrolllock',
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  Comma: ',',
  Period: '.',
  Slash: '/',
  NumpadDecimal: 'numdec',
  NumpadAdd: 'numadd',
  NumpadSubtract: 'numsub',
  NumpadMultiply: 'nummult',
  NumpadDivide: 'numdiv',
}

/** Letters, digits, numpad digits and function keys carry their accelerator name inside their code. */
const PATTERNS: readonly (readonly [RegExp, (rest: string) => string])[] = [
  [/^Key([A-Z])$/, (letter) => letter],
  [/^Digit(\d)$/, (digit) => digit],
  [/^Numpad(\d)$/, (digit) => `num${digit}`],
  [/^(F(?:[1-9]|1\d|2[0-4]))$/, (name) => name],
]

/** Undefined when the system cannot watch for this chord. */
export function acceleratorOf(chord: Chord): string | undefined {
  const names: string[] = []
  let keys = 0
  for (const code of inOrder(chord)) {
    const modifier = modifierOf(code)
    const name = modifier === undefined ? keyName(code) : MODIFIER_NAMES[modifier]
    if (name === undefined) return undefined
    if (modifier === undefined) keys += 1
    if (!names.includes(name)) names.push(name)
  }
  return keys === 1 ? names.join('+') : undefined
}

function keyName(code: KeyCode): string | undefined {
  for (const [pattern, name] of PATTERNS) {
    const found = pattern.exec(code)?.[1]
    if (found !== undefined) return name(found)
  }
  return KEY_NAMES[code]
}
