/** The door of the page that owns the microphone: `window.stenoCapture`. Holds the port of each dictation's sound. */
import { contextBridge } from 'electron'
import type { CaptureApi } from '../shared/app-ipc.ts'
import type { CaptureFrame, CaptureRefusal } from '../shared/capture-port.ts'
import type { DictationId } from '../shared/dictation.ts'
import { invoke, listen, sendCapturePort } from './ipc.ts'

const refusalListeners = new Set<(message: string) => void>()
/** Of the dictations whose sound has begun and not ended. */
const ports = new Map<DictationId, MessagePort>()

/** The port of a dictation, made with its first frame. */
function portOf(id: DictationId): MessagePort {
  const known = ports.get(id)
  if (known !== undefined) return known
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = ({ data }: MessageEvent<CaptureRefusal>) => {
    for (const listener of refusalListeners) listener(data.message)
  }
  ports.set(id, port1)
  sendCapturePort(id, port2)
  return port1
}

function post(id: DictationId, frame: CaptureFrame): void {
  // No transfer list: a transferred buffer would arrive as nothing (electron#34905), and 64 kB/s are cheap to copy.
  portOf(id).postMessage(frame)
}

const stenoCapture: CaptureApi = {
  onCommand: (listener) => listen('capture', listener),
  tell: (event) => invoke('capture-event', event),
  sendSound: (id, from, pcm) => {
    post(id, { kind: 'pcm', from, pcm })
  },
  endSound: (id, samples) => {
    post(id, { kind: 'end', samples })
    // Main closes its end when it has read this.
    ports.delete(id)
  },
  onRefused: (listener) => {
    refusalListeners.add(listener)
    return () => {
      refusalListeners.delete(listener)
    }
  },
}

contextBridge.exposeInMainWorld('stenoCapture', stenoCapture)
