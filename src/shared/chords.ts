/** What can be said of a chord by looking at it: sides, order, which one contains which. */
import { MODIFIERS, type Chord, type KeyCode, type Modifier } from './keys.ts'

export type Platform = 'linux' | 'darwin' | 'win32'

/** From `process.platform` or `navigator.platform`; whatever is unknown is treated like Linux. */
export function platformNamed(name: string): Platform {
  if (/^(darwin|mac)/i.test(name)) return 'darwin'
  return /^win/i.test(name) ? 'win32' : 'linux'
}

/** `Control` for `Control`, `ControlLeft` and `ControlRight`; undefined for a key that is no modifier. */
export function modifierOf(code: KeyCode): Modifier | undefined {
  return MODIFIERS.find((modifier) => code === modifier || SIDES.some((side) => code === modifier + side))
}

const SIDES = ['Left', 'Right'] as const

export function isSided(code: KeyCode): boolean {
  return modifierOf(code) !== undefined && SIDES.some((side) => code.endsWith(side))
}

/** Whether a key of the keyboard (a code with its side) is the one that a chord names. */
export function matches(named: KeyCode, pressed: KeyCode): boolean {
  return named === pressed || named === modifierOf(pressed)
}

/** Whether one press could be both. */
function meet(a: KeyCode, b: KeyCode): boolean {
  return matches(a, b) || matches(b, a)
}

/** Whether some hand on the keyboard that presses `larger` presses `smaller` with it. */
export function contains(larger: Chord, smaller: Chord): boolean {
  return smaller.every((code) => larger.some((other) => meet(code, other)))
}

/** Whether the same hand on the keyboard could be meant by both. */
export function sameKeys(a: Chord, b: Chord): boolean {
  return a.length === b.length && contains(a, b) && contains(b, a)
}

export function onlyModifiers(chord: Chord): boolean {
  return chord.length > 0 && chord.every((code) => modifierOf(code) !== undefined)
}

/** More keys than this nobody presses at once on purpose. */
const KEYS_AT_MOST = 4

/**
 * The chord that somebody means who pressed these keys. The side of a modifier counts where modifiers stand alone
 * (right Ctrl); beside another key either side will do (Ctrl+F9). At most four keys, modifiers first.
 */
export function chordFrom(pressed: readonly KeyCode[]): Chord {
  const keepSides = onlyModifiers(pressed)
  const codes = pressed.map((code) => (keepSides ? code : (modifierOf(code) ?? code)))
  return inOrder([...new Set(codes)]).slice(0, KEYS_AT_MOST)
}

/** Modifiers in their usual order, then the rest as it came. */
export function inOrder(chord: Chord): Chord {
  const rank = (code: KeyCode): number => {
    const modifier = modifierOf(code)
    return modifier === undefined ? ORDER.length : ORDER.indexOf(modifier)
  }
  return [...chord].sort((a, b) => rank(a) - rank(b))
}

const ORDER: readonly Modifier[] = ['Control', 'Alt', 'Shift', 'Meta']
