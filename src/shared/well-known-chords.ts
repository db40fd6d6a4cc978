/** Chords that the system or nearly every program uses, with what they do there. */
import { sameKeys, type Platform } from './chords.ts'
import type { Chord } from './keys.ts'

type Table = Readonly<Record<string, string>>

const PROGRAMS_ANYWHERE: Table = {
  F1: 'opens help in many programs',
  Escape: 'closes dialogs and menus',
  Tab: 'moves to the next field',
  Enter: 'confirms',
  Backspace: 'deletes what was typed',
  Delete: 'deletes what is selected',
}

/** With Ctrl on Linux and Windows, with Command on a Mac. */
const PROGRAMS_WITH_COMMAND: Table = {
  KeyA: 'selects all',
  KeyB: 'makes bold',
  KeyC: 'copies',
  KeyF: 'searches',
  KeyI: 'makes italic',
  KeyL: 'goes to the address bar',
  KeyN: 'opens a new window',
  KeyO: 'opens a file',
  KeyP: 'prints',
  KeyQ: 'quits many programs',
  KeyR: 'reloads the page',
  KeyS: 'saves',
  KeyT: 'opens a new tab',
  KeyV: 'pastes',
  KeyW: 'closes the tab or window',
  KeyX: 'cuts',
  KeyY: 'repeats what was undone',
  KeyZ: 'undoes',
  'Shift KeyN': 'opens a private window',
  'Shift KeyT': 'opens the last closed tab',
  'Shift KeyV': 'pastes without format',
  'Shift KeyZ': 'repeats what was undone',
}

const SYSTEM: Readonly<Record<Platform, Table>> = {
  linux: {
    F5: 'reloads the page',
    F11: 'switches to full screen',
    'Alt F2': 'runs a command',
    'Alt F4': 'closes the window',
    'Alt Tab': 'switches windows',
    'Alt Space': 'opens the window’s menu',
    'Control Space': 'switches the input method on some desktops',
    'Control Alt Delete': 'logs out',
    'Control Alt KeyT': 'opens a terminal',
    'Control Alt KeyL': 'locks the screen on some desktops',
    'Control Alt ArrowLeft': 'switches workspaces',
    'Control Alt ArrowRight': 'switches workspaces',
    Meta: 'opens the overview',
    MetaLeft: 'opens the overview',
    'Meta KeyL': 'locks the screen',
    'Meta KeyD': 'shows the desktop',
    'Meta Space': 'switches the keyboard layout',
    'Meta Tab': 'switches programs',
    PrintScreen: 'takes a screenshot',
  },
  win32: {
    F5: 'reloads the page',
    F11: 'switches to full screen',
    'Alt F4': 'closes the window',
    'Alt Tab': 'switches windows',
    'Alt Escape': 'switches windows',
    'Alt Space': 'opens the window’s menu',
    'Control Escape': 'opens the Start menu',
    'Control Shift Escape': 'opens the Task Manager',
    'Control Alt Delete': 'opens the security screen',
    'Alt Shift': 'switches the keyboard layout',
    'Control Shift': 'switches the keyboard layout',
    Meta: 'opens the Start menu',
    MetaLeft: 'opens the Start menu',
    'Meta KeyD': 'shows the desktop',
    'Meta KeyE': 'opens the Explorer',
    'Meta KeyH': 'opens Windows’ own dictation',
    'Meta KeyL': 'locks the screen',
    'Meta KeyV': 'opens the clipboard history',
    'Meta Space': 'switches the keyboard layout',
    'Meta Shift KeyS': 'takes a screenshot',
    PrintScreen: 'takes a screenshot',
  },
  darwin: {
    'Meta Space': 'opens Spotlight',
    'Control Space': 'switches the input source',
    'Control Alt Space': 'switches the input source',
    'Meta Alt Space': 'opens a Finder search',
    'Meta Tab': 'switches programs',
    'Meta KeyH': 'hides the program',
    'Meta KeyM': 'minimises the window',
    'Meta Alt Escape': 'opens Force Quit',
    'Meta Shift Digit3': 'takes a screenshot',
    'Meta Shift Digit4': 'takes a screenshot',
    'Meta Shift Digit5': 'takes a screenshot',
    'Control Meta KeyQ': 'locks the screen',
    'Control Meta Space': 'opens the emoji picker',
    'Control ArrowUp': 'opens Mission Control',
    'Control ArrowLeft': 'switches spaces',
    'Control ArrowRight': 'switches spaces',
    F11: 'shows the desktop',
  },
}

/** “copies”, “locks the screen” …; undefined for a chord that nobody is known to use. */
export function knownUse(chord: Chord, platform: Platform): string | undefined {
  const command = platform === 'darwin' ? 'Meta' : 'Control'
  const inPrograms = Object.entries(PROGRAMS_WITH_COMMAND).map(
    ([keys, use]) => [`${command} ${keys}`, use] as const,
  )
  const all = [...Object.entries(SYSTEM[platform]), ...inPrograms, ...Object.entries(PROGRAMS_ANYWHERE)]
  return all.find(([keys]) => sameKeys(keys.split(' '), chord))?.[1]
}
