/** The one door to uiohook-napi. It is loaded with the first `openHook`: its library may be missing here. */
import process from 'node:process'
import type { UiohookKeyboardEvent } from 'uiohook-napi'
import type { KeyEvent, Modifier } from '../shared/keys.ts'
import { codeOf } from './key-codes.ts'
import { refusalOfDesktop, refusalOfHook } from './refusals.ts'

export async function openHook(listener: (event: KeyEvent) => void): Promise<void> {
  const refusal = refusalOfDesktop(process.platform, process.env)
  if (refusal !== undefined) throw refusal
  const told = (kind: KeyEvent['kind']) => (event: UiohookKeyboardEvent) => {
    // The native side aborts the process when a listener throws.
    try {
      listener(keyEventOf(kind, event))
    } catch {
      // One key is lost, which those who watch are made for.
    }
  }
  try {
    const { uIOhook } = await import('uiohook-napi')
    uIOhook.on('keydown', told('down'))
    uIOhook.on('keyup', told('up'))
    uIOhook.start()
  } catch (error) {
    throw refusalOfHook(error)
  }
}

type NativeKey = Pick<UiohookKeyboardEvent, 'keycode' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>

export function keyEventOf(kind: KeyEvent['kind'], event: NativeKey): KeyEvent {
  const down: readonly (readonly [Modifier, boolean])[] = [
    ['Control', event.ctrlKey],
    ['Shift', event.shiftKey],
    ['Alt', event.altKey],
    ['Meta', event.metaKey],
  ]
  return {
    kind,
    code: codeOf(event.keycode),
    modifiers: down.filter(([, isDown]) => isDown).map(([modifier]) => modifier),
  }
}
