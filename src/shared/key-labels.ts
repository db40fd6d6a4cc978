/** Chords as people read them. A code is a place on the keyboard; it is shown as a US keyboard prints it. */
import { inOrder, isSided, modifierOf, type Platform } from './chords.ts'
import type { Chord, KeyCode, Modifier } from './keys.ts'

const MODIFIER_LABELS: Readonly<Record<Platform, Readonly<Record<Modifier, string>>>> = {
  linux: { Control: 'Ctrl', Alt: 'Alt', Shift: 'Shift', Meta: 'Super' },
  win32: { Control: 'Ctrl', Alt: 'Alt', Shift: 'Shift', Meta: 'Win' },
  darwin: { Control: '⌃', Alt: '⌥', Shift: '⇧', Meta: '⌘' },
}

const KEY_LABELS: Readonly<Record<KeyCode, string>> = {
  Escape: 'Esc',
  Delete: 'Del',
  Insert: 'Ins',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  PrintScreen: 'Print Screen',
  CapsLock: 'Caps Lock',
  NumLock: 'Num Lock',
  ScrollLock: 'Scroll Lock',
  ContextMenu: 'Menu',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
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
  NumpadAdd: 'Num +',
  NumpadSubtract: 'Num -',
  NumpadMultiply: 'Num *',
  NumpadDivide: 'Num /',
  NumpadDecimal: 'Num .',
  NumpadEnter: 'Num Enter',
  NumpadEqual: 'Num =',
}

/** “Right Ctrl”, “Ctrl+Shift+Space”; on a Mac “⌃⇧Space”. */
export function labelOf(chord: Chord, platform: Platform): string {
  const labels = inOrder(chord).map((code) => keyLabel(code, platform))
  const glyphs = platform === 'darwin' && !chord.some(isSided)
  return labels.join(glyphs ? '' : '+')
}

function keyLabel(code: KeyCode, platform: Platform): string {
  const modifier = modifierOf(code)
  if (modifier !== undefined) {
    const side = code.slice(modifier.length)
    return side === ''
      ? MODIFIER_LABELS[platform][modifier]
      : `${side} ${MODIFIER_LABELS[platform][modifier]}`
  }
  const printed = /^(?:Key|Digit)(\w)$/.exec(code)?.[1]
  const numpad = /^Numpad(\d)$/.exec(code)?.[1]
  return printed ?? (numpad === undefined ? (KEY_LABELS[code] ?? code) : `Num ${numpad}`)
}
