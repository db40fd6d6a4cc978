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
    tell({ kind: speaking ? 'speaking' : 'silent' })
  })
}

/** Each message waits for the one before. */
let last: Promise<void> = Promise.resolve()
const loading = load()

async function take(message: ToVoice): Promise<void> {
  const detector = await loading
  if (message.kind === 'reset') detector.reset()
  else await detector.hear(message.pcm)
}

addEventListener('message', ({ data }: MessageEvent<ToVoice>) => {
  last = last
    .then(() => take(data))
    .then(
      () => {
        if (data.kind === 'frame') tell({ kind: 'taken' })
      },
      (error: unknown) => {
        tell({ kind: 'failed', detail: String(error) })
      },
    )
})
loading.catch((error: unknown) => {
  tell({ kind: 'failed', detail: String(error) })
})
