/** What electron/lib/browser/api/dialog.ts refuses, with its words, and which button means "cancel". */
import type Electron from 'electron'

type Named = readonly (readonly [option: string, name: string])[]

const TEXTS: Named = [
  ['title', 'Title'],
  ['buttonLabel', 'Button label'],
  ['defaultPath', 'Default path'],
  ['message', 'Message'],
  ['nameFieldLabel', 'Name field label'],
]
const MESSAGE_TEXTS: Named = [
  ['title', 'Title'],
  ['message', 'Message'],
  ['detail', 'Detail'],
  ['checkboxLabel', 'checkboxLabel'],
]
const TYPES: readonly unknown[] = ['none', 'info', 'warning', 'error', 'question']

/** Of a dialog for files. */
export function checkTexts(options: object): void {
  requireTexts(options, TEXTS)
}

export function checkMessageBox(options: Partial<Electron.MessageBoxOptions>): void {
  const { type = 'none', buttons = [], noLink = false, checkboxChecked = false, checkboxLabel = '' } = options
  if (!TYPES.includes(type)) throw new TypeError('Invalid message box type')
  if (!Array.isArray(buttons)) throw new TypeError('Buttons must be an array')
  if (typeof noLink !== 'boolean') throw new TypeError('noLink must be a boolean')
  requireTexts(options, MESSAGE_TEXTS)
  if (checkboxChecked && checkboxLabel === '') {
    throw new Error('checkboxChecked requires that checkboxLabel also be passed')
  }
}

/** The button that Escape presses: as given, else the one that says cancel or no, else one that is not the default. */
export function cancelIdOf({
  cancelId,
  buttons = [],
  defaultId,
}: Partial<Electron.MessageBoxOptions>): number {
  if (cancelId !== undefined) return cancelId
  const named = buttons.findIndex((text) => /^(cancel|no)$/i.test(text))
  if (named >= 0) return named
  return defaultId === 0 && buttons.length > 1 ? 1 : 0
}

function requireTexts(options: object, named: Named): void {
  for (const [option, name] of named) {
    const value: unknown = Reflect.get(options, option)
    if (value !== undefined && typeof value !== 'string') throw new TypeError(`${name} must be a string`)
  }
}
