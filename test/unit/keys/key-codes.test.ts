import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { codeOf } from '../../../src/keys/key-codes.ts'

const packageFolder = dirname(createRequire(import.meta.url).resolve('uiohook-napi/package.json'))

/** uiohook-napi's own names, read as text: its module would load the native library, which tests may lack. */
function ownNames(): Map<string, number> {
  const source = readFileSync(join(packageFolder, 'dist/index.d.ts'), 'utf8')
  const table = source.slice(source.indexOf('UiohookKey'))
  return new Map(
    [...table.matchAll(/readonly (\w+): (\d+)/g)].map(([, name = '', code]) => [name, Number(code)] as const),
  )
}

/** Where the W3C says it otherwise than by the rules below. */
const RENAMED: Readonly<Record<string, string>> = {
  Ctrl: 'ControlLeft',
  CtrlRight: 'ControlRight',
  Alt: 'AltLeft',
  Shift: 'ShiftLeft',
  Meta: 'MetaLeft',
  NumpadEnd: 'Numpad1',
  NumpadArrowDown: 'Numpad2',
  NumpadPageDown: 'Numpad3',
  NumpadArrowLeft: 'Numpad4',
  NumpadArrowRight: 'Numpad6',
  NumpadHome: 'Numpad7',
  NumpadArrowUp: 'Numpad8',
  NumpadPageUp: 'Numpad9',
  NumpadInsert: 'Numpad0',
  NumpadDelete: 'NumpadDecimal',
}

function standardName(name: string): string {
  if (/^\d$/.test(name)) return `Digit${name}`
  if (/^[A-Z]$/.test(name)) return `Key${name}`
  return RENAMED[name] ?? name
}

it('names every key that uiohook-napi names, as the W3C does', () => {
  const names = ownNames()
  expect(names.size).toBeGreaterThan(110)
  const wrong = [...names].filter(([name, keycode]) => codeOf(keycode) !== standardName(name))
  expect(wrong).toEqual([])
})

it.each([
  [0x0e45, 'Pause'],
  [0x0e46, 'IntlBackslash'],
  [0x0e5d, 'ContextMenu'],
  [0x0e0d, 'NumpadEqual'],
  [0xee4c, 'Numpad5'],
  [0x007d, 'IntlYen'],
  [0x007e, 'NumpadComma'],
  [0x0073, 'IntlRo'],
  [0xe020, 'AudioVolumeMute'],
  [0xe022, 'MediaPlayPause'],
  [0xe06a, 'BrowserBack'],
  [0x0000, 'Unidentified'],
  [0xff75, 'Unidentified'],
])('key %i, which only libuiohook names, is %s', (keycode, code) => {
  expect(codeOf(keycode)).toBe(code)
})
