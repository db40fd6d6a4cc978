import type { FromVoice } from './messages.ts'
import type { StartThread } from './voice.ts'

/** The voice detector in a worker of the browser. */
export const startVoiceThread: StartThread = (events) => {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<FromVoice>) => {
    events.message(data)
  }
  worker.onerror = ({ message }) => {
    events.died(message === '' ? 'its thread could not be loaded' : message)
  }
  return {
    post(message) {
      worker.postMessage(message)
    },
    [Symbol.dispose]() {
      worker.terminate()
    },
  }
}
