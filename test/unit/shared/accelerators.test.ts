import { expect, it } from 'vitest'
import { acceleratorOf } from '../../../src/shared/accelerators.ts'
import { canonicalAccelerator } from '../../host/main-shim/desktop/accelerator.ts'

it.each([
  [['Control', 'Shift', 'Space'], 'Control+Shift+Space'],
  [['KeyZ', 'Alt', 'Control'], 'Control+Alt+Z'],
  [['Escape'], 'Escape'],
  [['F24'], 'F24'],
  [['MetaRight', 'ArrowUp'], 'Super+Up'],
  [['ControlLeft', 'ControlRight', 'Digit5'], 'Control+5'],
  [['Alt', 'Numpad3'], 'Alt+num3'],
  [['Control', 'Backquote'], 'Control+`'],
])('%j is %s, which Electron understands', (chord, accelerator) => {
  expect(acceleratorOf(chord)).toBe(accelerator)
  expect(canonicalAccelerator(accelerator)).toBeDefined()
})

it.each([
  ['modifiers alone', ['ControlRight']],
  ['two keys', ['KeyA', 'KeyB']],
  ['a key the system has no name for', ['Control', 'ContextMenu']],
  ['no key', []],
  ['a function key that does not exist', ['F25']],
])('%s cannot be one', (_, chord) => {
  expect(acceleratorOf(chord)).toBeUndefined()
})
