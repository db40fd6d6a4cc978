/** libuiohook's key codes as W3C UI Events `code` values: places on the keyboard, the same in every layout. */
import type { KeyCode } from '../shared/keys.ts'

/** Codes whose neighbours follow each other in both worlds, by the first of each row. */
const ROWS: readonly (readonly [first: number, codes: string])[] = [
  [0x0001, 'Escape'],
  [0x0002, 'Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal Backspace'],
  [0x000f, 'Tab KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight Enter'],
  [0x001d, 'ControlLeft KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backquote'],
  [0x002a, 'ShiftLeft Backslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash ShiftRight'],
  [0x0037, 'NumpadMultiply AltLeft Space CapsLock F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 NumLock ScrollLock'],
  [0x0047, 'Numpad7 Numpad8 Numpad9 NumpadSubtract Numpad4 Numpad5 Numpad6 NumpadAdd'],
  [0x004f, 'Numpad1 Numpad2 Numpad3 Numpad0 NumpadDecimal'],
  [0x0057, 'F11 F12'],
  [0x005b, 'F13 F14 F15'],
  [0x0063, 'F16 F17 F18 F19 F20 F21 F22 F23 F24'],
  [0x0070, 'KanaMode'],
  [0x0073, 'IntlRo'],
  [0x0079, 'Convert'],
  [0x007b, 'NonConvert'],
  [0x007d, 'IntlYen NumpadComma'],
  [0x0e0d, 'NumpadEqual'],
  [0x0e1c, 'NumpadEnter ControlRight'],
  [0x0e35, 'NumpadDivide'],
  [0x0e37, 'PrintScreen AltRight'],
  [0x0e45, 'Pause IntlBackslash Home'],
  [0x0e49, 'PageUp'],
  [0x0e4f, 'End'],
  [0x0e51, 'PageDown Insert Delete'],
  [0x0e5b, 'MetaLeft MetaRight ContextMenu'],
  [0xe010, 'MediaTrackPrevious'],
  [0xe019, 'MediaTrackNext'],
  [0xe020, 'AudioVolumeMute LaunchApp2 MediaPlayPause'],
  [0xe024, 'MediaStop'],
  [0xe02c, 'Eject'],
  [0xe02e, 'AudioVolumeDown'],
  [0xe030, 'AudioVolumeUp'],
  [0xe032, 'BrowserHome'],
  [0xe048, 'ArrowUp'],
  [0xe04b, 'ArrowLeft'],
  [0xe04d, 'ArrowRight'],
  [0xe050, 'ArrowDown'],
  [0xe05e, 'Power Sleep'],
  [0xe063, 'WakeUp'],
  [0xe065, 'BrowserSearch BrowserFavorites BrowserRefresh BrowserStop BrowserForward BrowserBack'],
  [0xe06c, 'LaunchMail MediaSelect'],
  // The numpad with Num Lock off: the same places.
  [0xee47, 'Numpad7 Numpad8 Numpad9'],
  [0xee4b, 'Numpad4 Numpad5 Numpad6'],
  [0xee4f, 'Numpad1 Numpad2 Numpad3 Numpad0 NumpadDecimal'],
]

const CODES = new Map(
  ROWS.flatMap(([first, codes]) => codes.split(' ').map((code, index) => [first + index, code] as const)),
)

/** `Unidentified`, as browsers say, for a key that has no name: still a key that was pressed. */
export function codeOf(keycode: number): KeyCode {
  return CODES.get(keycode) ?? 'Unidentified'
}
