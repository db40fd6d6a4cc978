/** `electron.globalShortcut` without a keyboard: tests press the keys, and may take shortcuts away as other apps do. */
import type Electron from 'electron'
import { isReady } from '../ready.ts'
import { acceleratorArgument } from './accelerator.ts'

const callbacks = new Map<string, () => void>()
const takenByOthers = new Set<string>()
let suspended = false

export const globalShortcut = {
  register(accelerator, callback) {
    const keys = acceleratorArgument(accelerator)
    requireReady()
    if (suspended || callbacks.has(keys) || takenByOthers.has(keys)) return false
    callbacks.set(keys, callback)
    return true
  },

  /** All or none. */
  registerAll(accelerators, callback) {
    const done: string[] = []
    for (const accelerator of accelerators) {
      if (!globalShortcut.register(accelerator, callback)) {
        for (const registered of done) globalShortcut.unregister(registered)
        return
      }
      done.push(accelerator)
    }
  },

  isRegistered(accelerator) {
    return callbacks.has(acceleratorArgument(accelerator))
  },

  unregister(accelerator) {
    const keys = acceleratorArgument(accelerator)
    requireReady()
    callbacks.delete(keys)
  },

  unregisterAll() {
    requireReady()
    callbacks.clear()
  },

  setSuspended(value) {
    suspended = value
  },

  isSuspended() {
    return suspended
  },
} satisfies Electron.GlobalShortcut

function requireReady(): void {
  if (!isReady()) throw new Error('globalShortcut cannot be used before the app is ready')
}

/** False when nobody listens to the keys. */
export function pressShortcut(accelerator: string): boolean {
  const callback = suspended ? undefined : callbacks.get(acceleratorArgument(accelerator))
  callback?.()
  return callback !== undefined
}

/** From here on another app has the shortcut: registering it fails silently. */
export function takeShortcut(accelerator: string): void {
  takenByOthers.add(acceleratorArgument(accelerator))
}
