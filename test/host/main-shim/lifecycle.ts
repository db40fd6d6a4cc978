/**
 * How the app ends. Order of Electron: before-quit, close and closed of each window, will-quit, quit; any of the first
 * three kinds can be prevented. `exit` asks nobody.
 */
import process from 'node:process'
import { hostEvent } from './host-event.ts'
import { windowList } from './window-list.ts'

type State = 'running' | 'quitting' | 'exiting' | 'ended'

let state: State = 'running'
let exitCode = 0
let emit: (event: string, ...args: unknown[]) => void = () => undefined
let terminate: (code: number) => void = process.exit.bind(process)

/** Says how the app's events are emitted. */
export function onLifecycleEvent(emitter: typeof emit): void {
  emit = emitter
}

/** Says how the process itself ends, once the app has. */
export function onTerminate(action: (code: number) => void): void {
  terminate = action
}

export function isEnding(): boolean {
  return state === 'exiting' || state === 'ended'
}

export function quit(): void {
  if (state !== 'running') return
  const event = hostEvent()
  emit('before-quit', event)
  if (event.defaultPrevented) return
  state = 'quitting'
  const open = windowList.all()
  if (open.length === 0) finishQuit()
  else for (const window of open) window.close()
}

/** A window refused to close: the app stays. */
export function cancelQuit(): void {
  if (state === 'quitting') state = 'running'
}

export function exit(code: number): void {
  if (isEnding()) return
  state = 'exiting'
  exitCode = code
  const open = windowList.all()
  if (open.length === 0) setImmediate(shutDown)
  else for (const window of open) window.destroy()
}

windowList.onEmpty(() => {
  switch (state) {
    case 'quitting':
      finishQuit()
      break
    case 'exiting':
      setImmediate(shutDown)
      break
    case 'running':
      emit('window-all-closed')
      break
    case 'ended':
      break
  }
})

function finishQuit(): void {
  const event = hostEvent()
  emit('will-quit', event)
  if (event.defaultPrevented) cancelQuit()
  else shutDown()
}

function shutDown(): void {
  if (state === 'ended') return
  state = 'ended'
  emit('quit', hostEvent(), exitCode)
  terminate(exitCode)
}
