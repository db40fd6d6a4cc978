/**
 * sherpa-onnx in a process of its own: it brings another onnxruntime, and two do not live in one process. Reads a job
 * from its first argument (a file), writes the pieces of every clip to its standard output.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import process from 'node:process'
import type { SherpaJob } from './sherpa.ts'

interface Result {
  readonly tokens: readonly string[]
}

interface Stream {
  acceptWaveform(audio: { readonly sampleRate: number; readonly samples: Float32Array }): void
  inputFinished(): void
}

interface Recognizer {
  createStream(): Stream
  isReady(stream: Stream): boolean
  decode(stream: Stream): void
  getResult(stream: Stream): Result
}

interface Sherpa {
  readonly OfflineRecognizer: new (config: unknown) => Recognizer
  readonly OnlineRecognizer: new (config: unknown) => Recognizer
}

const SAMPLE_RATE = 16_000
const sherpa = createRequire(import.meta.url)('sherpa-onnx-node') as Sherpa
const job = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as SherpaJob
const recognizer = job.streaming
  ? new sherpa.OnlineRecognizer(job.config)
  : new sherpa.OfflineRecognizer(job.config)

const results = job.clips.map((file) => {
  const bytes = readFileSync(file)
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  const stream = recognizer.createStream()
  stream.acceptWaveform({ sampleRate: SAMPLE_RATE, samples })
  if (job.streaming) {
    stream.inputFinished()
    while (recognizer.isReady(stream)) recognizer.decode(stream)
  } else {
    recognizer.decode(stream)
  }
  return recognizer.getResult(stream).tokens
})
process.stdout.write(`\n${JSON.stringify(results)}\n`)
