/** The system's own shortcuts. The only importer of `globalShortcut`. */
import { globalShortcut } from 'electron'

/** What is used of them. They tell of the press, never of the release. */
export interface ShortcutPort {
  /** False when it cannot be had: mostly another program has it. */
  register(accelerator: string, pressed: () => void): boolean
  unregister(accelerator: string): void
  /** While suspended none is taken from other programs, and none can be registered. */
  setSuspended(on: boolean): void
}

export const systemShortcuts: ShortcutPort = {
  register: (accelerator, pressed) => globalShortcut.register(accelerator, pressed),
  unregister: (accelerator) => {
    globalShortcut.unregister(accelerator)
  },
  setSuspended: (on) => {
    globalShortcut.setSuspended(on)
  },
}
