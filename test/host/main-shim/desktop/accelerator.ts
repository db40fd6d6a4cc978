/**
 * Accelerator strings such as `CommandOrControl+Shift+F9`, read as electron/shell/browser/ui/accelerator_util.cc and
 * shell/common/keyboard_util.cc read them: case does not matter, of several keys the last counts, a character that
 * needs Shift brings it.
 */
import process from 'node:process'

const COMMAND_OR_CONTROL = process.platform === 'darwin' ? 'Command' : 'Control'

const MODIFIERS: Readonly<Record<string, string>> = {
  ctrl: 'Control',
  control: 'Control',
  super: 'Command',
  cmd: 'Command',
  command: 'Command',
  meta: 'Command',
  commandorcontrol: COMMAND_OR_CONTROL,
  cmdorctrl: COMMAND_OR_CONTROL,
  alt: 'Alt',
  option: 'Alt',
  shift: 'Shift',
  altgr: 'AltGr',
}

const NAMED_KEYS = new Set(
  [
    'capslock numlock scrolllock tab space backspace delete insert enter up down left right home end',
    'pageup pagedown escape volumemute volumeup volumedown medianexttrack mediaprevioustrack mediastop',
    'mediaplaypause printscreen numadd numsub nummult numdiv numdec',
    ...Array.from({ length: 10 }, (_, digit) => `num${digit}`),
    ...Array.from({ length: 24 }, (_, index) => `f${index + 1}`),
  ].flatMap((names) => names.split(' ')),
)
const OTHER_NAMES: Readonly<Record<string, string>> = { return: 'enter', esc: 'escape' }

/** What is printed with Shift, and on which key of a US keyboard, in the same order. */
const SHIFTED = ')!@#$%^&*(:+<_>?~{|}"'
const UNSHIFTED = "0123456789;=,-./`[\\]'"

/** One way to write each combination, so that equal ones are equal strings; undefined when there is no valid key. */
export function canonicalAccelerator(text: string): string | undefined {
  if (/[^\0-\x7f]/.test(text)) return undefined
  const modifiers = new Set<string>()
  let key: string | undefined
  for (const token of text.split('+').map((part) => part.trim())) {
    if (token === '') continue
    const modifier = MODIFIERS[token.toLowerCase()]
    if (modifier !== undefined) modifiers.add(modifier)
    else {
      const found = keyOf(token)
      if (found?.shifted === true) modifiers.add('Shift')
      key = found?.key
    }
  }
  return key === undefined ? undefined : [...[...modifiers].sort(), key].join('+')
}

/** The same, or the TypeError of an argument that Electron cannot convert. */
export function acceleratorArgument(value: unknown): string {
  const canonical = typeof value === 'string' ? canonicalAccelerator(value) : undefined
  if (canonical !== undefined) return canonical
  throw new TypeError(`Error processing argument at index 0, conversion failure from ${String(value)}`)
}

function keyOf(token: string): { readonly key: string; readonly shifted: boolean } | undefined {
  const name = token.toLowerCase()
  if (name === 'plus') return { key: '=', shifted: true }
  if (name.length > 1) {
    const key = OTHER_NAMES[name] ?? name
    return NAMED_KEYS.has(key) ? { key, shifted: false } : undefined
  }
  const shifted = SHIFTED.indexOf(name)
  if (shifted >= 0) return { key: UNSHIFTED.charAt(shifted), shifted: true }
  return UNSHIFTED.includes(name) || /[a-z]/.test(name) ? { key: name, shifted: false } : undefined
}
