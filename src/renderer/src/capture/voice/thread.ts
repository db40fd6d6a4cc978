/** The voice detector's thread: loading it takes long, and neither that nor its work may hold up the sound. */
import { Silero } from '@ricky0123/vad-web/dist/models/silero.js'
import modelUrl from '@ricky0123/vad-web/dist/silero_vad_v6.onnx?url'
import * as ort from 'onnxruntime-web/wasm'
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'
import { TUNING } from '../../../../shared/tuning.ts'
import { VoiceDetector } from './detector.ts'
import type { FromVoice, ToVoice } from './messages.ts'

function tell(message: FromVoice): void {
  postMessage(message)
}

async function load(): Promise<VoiceDetector> {
  // More would need a shared memory, which the pages' policy does not allow; one hears 40 times faster than speech.
  ort.env.wasm.numThreads = 1
  ort.env.wasm.wasmPaths = { wasm: new URL(wasmUrl, location.href).href }
  const model = await Silero.new(ort, async () => await (await fetch(modelUrl)).arrayBuffer())
  return new VoiceDetector(model, TUNING, (speaking) => {
    tell({ kind: speaking ? 'speaking' : 'silent', at })
  })
}

/** The frame in work. */
let at = 0
/** Each message waits for the one before. */
let last = load()

async function take(detector: VoiceDetector, message: ToVoice): Promise<void> {
  if (message.kind === 'reset') {
    detector.reset()
    return
  }
  at = message.at
  await detector.hear(message.pcm)
  tell({ kind: 'ready' })
}

async function next(message: ToVoice): Promise<VoiceDetector> {
  const detector = await last
  await take(detector, message)
  return detector
}

function report(error: unknown): void {
  tell({ kind: 'failed', detail: String(error) })
}

addEventListener('message', ({ data }: MessageEvent<ToVoice>) => {
  last = next(data)
  last.catch(report)
})
last.then(() => {
  tell({ kind: 'ready' })
}, report)
