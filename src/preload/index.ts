/** The door: `window.steno`, named methods only. Runs sandboxed, in a world of its own. */
import { contextBridge, ipcRenderer } from 'electron'
import {
  CAPTURE_PORT_CHANNEL,
  type Answer,
  type Invokes,
  type Sends,
  type StenoApi,
} from '../shared/app-ipc.ts'
import type { CaptureFrame, CaptureRefusal } from '../shared/capture-port.ts'
import type { DictationId } from '../shared/dictation.ts'

function invoke<K extends keyof Invokes>(
  channel: K,
  ...args: Invokes[K]['args']
): Promise<Answer<Invokes[K]['value']>> {
  return ipcRenderer.invoke(channel, ...args) as Promise<Answer<Invokes[K]['value']>>
}

function listen<K extends keyof Sends>(channel: K, listener: (message: Sends[K]) => void): () => void {
  const heard = (_event: unknown, message: Sends[K]): void => {
    listener(message)
  }
  ipcRenderer.on(channel, heard)
  return () => {
    ipcRenderer.off(channel, heard)
  }
}

const refusalListeners = new Set<(message: string) => void>()
let capture: { readonly id: DictationId; readonly port: MessagePort } | undefined

/** The port of a dictation, made with its first frame. */
function portOf(id: DictationId): MessagePort {
  if (capture?.id === id) return capture.port
  capture?.port.close()
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data }: MessageEvent<CaptureRefusal>) => {
    for (const listener of refusalListeners) listener(data.message)
  }
  ipcRenderer.postMessage(CAPTURE_PORT_CHANNEL, id, [port2])
  capture = { id, port: port1 }
  return port1
}

function post(id: DictationId, frame: CaptureFrame): void {
  // No transfer list: a transferred buffer would arrive as nothing (electron#34905), and 64 kB/s are cheap to copy.
  portOf(id).postMessage(frame)
}

const steno: StenoApi = {
  begin: () => invoke('begin-dictation'),
  sendSound: (id, from, pcm) => {
    post(id, { kind: 'pcm', from, pcm })
  },
  endSound: (id, samples) => {
    post(id, { kind: 'end', samples })
  },
  cancel: (id) => invoke('cancel-dictation', id),
  captureFailed: (id, message) => invoke('capture-failed', id, message),
  snapshot: () => invoke('get-snapshot'),
  onSnapshot: (listener) => listen('snapshot', listener),
  onRefused: (listener) => {
    refusalListeners.add(listener)
    return () => {
      refusalListeners.delete(listener)
    }
  },
}

contextBridge.exposeInMainWorld('steno', steno)
