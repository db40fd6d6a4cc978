/** The only importer of ipcRenderer: typed calls, without Electron's event object. */
import { ipcRenderer } from 'electron'
import { CAPTURE_PORT_CHANNEL, type Answer, type Invokes, type Sends } from '../shared/app-ipc.ts'
import type { DictationId } from '../shared/dictation.ts'

export function invoke<K extends keyof Invokes>(
  channel: K,
  ...args: Invokes[K]['args']
): Promise<Answer<Invokes[K]['value']>> {
  return ipcRenderer.invoke(channel, ...args) as Promise<Answer<Invokes[K]['value']>>
}

/** Returns its own undo. */
export function listen<K extends keyof Sends>(channel: K, listener: (message: Sends[K]) => void): () => void {
  const heard = (_event: unknown, message: Sends[K]): void => {
    listener(message)
  }
  ipcRenderer.on(channel, heard)
  return () => {
    ipcRenderer.off(channel, heard)
  }
}

export function sendCapturePort(id: DictationId, port: MessagePort): void {
  ipcRenderer.postMessage(CAPTURE_PORT_CHANNEL, id, [port])
}
