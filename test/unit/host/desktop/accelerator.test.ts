import { describe, expect, it } from 'vitest'
import { acceleratorArgument, canonicalAccelerator } from '../../../host/main-shim/desktop/accelerator.ts'

const control = process.platform === 'darwin' ? 'Command' : 'Control'

describe('canonicalAccelerator', () => {
  it.each([
    ['CommandOrControl+A', `${control}+a`],
    ['Shift+Ctrl+F9', 'Control+Shift+f9'],
    ['ctrl + shift + f9', 'Control+Shift+f9'],
    ['Option+Esc', 'Alt+escape'],
    ['Meta+Return', 'Command+enter'],
    ['MediaPlayPause', 'mediaplaypause'],
    ['F24', 'f24'],
    ['num7', 'num7'],
    ['AltGr+Space', 'AltGr+space'],
    // A character that needs Shift brings it.
    ['Plus', 'Shift+='],
    ['Ctrl+!', 'Control+Shift+1'],
    ['Ctrl+"', "Control+Shift+'"],
    // The last key counts, what is not a key before it does not matter.
    ['A+B', 'b'],
    ['Nonsense+A', 'a'],
    ['Ctrl++', undefined],
    ['', undefined],
    ['Shift', undefined],
    ['CommandOrControl+Nonsense', undefined],
    ['A+Nonsense', undefined],
    ['F25', undefined],
    ['F0', undefined],
    ['Ctrl+ä', undefined],
  ])('%j → %j', (text, canonical) => {
    expect(canonicalAccelerator(text)).toBe(canonical)
  })

  it('gives every order and case of the same keys one name', () => {
    const ways = ['Ctrl+Alt+Shift+K', 'shift+ALT+control+k', 'Alt+Ctrl+Shift+K']
    expect(new Set(ways.map(canonicalAccelerator)).size).toBe(1)
  })
})

describe('acceleratorArgument', () => {
  it.each(['CommandOrControl+Shift', 7, undefined])('refuses %j as Electron does', (value) => {
    expect(() => acceleratorArgument(value)).toThrow(
      new TypeError(`Error processing argument at index 0, conversion failure from ${String(value)}`),
    )
  })
})
