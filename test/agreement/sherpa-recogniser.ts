/** A recogniser of sherpa-onnx. It brings another onnxruntime, and two do not live in one process: fork for it. */
import { createRequire } from 'node:module'

interface Stream {
  acceptWaveform(audio: { readonly sampleRate: number; readonly samples: Float32Array }): void
  inputFinished(): void
  setOption(key: string, value: string): void
}

interface Recognizer {
  createStream(): Stream
  isReady(stream: Stream): boolean
  decode(stream: Stream): void
  getResult(stream: Stream): { readonly tokens: readonly string[] }
}

interface Sherpa {
  readonly OfflineRecognizer: new (config: unknown) => Recognizer
  readonly OnlineRecognizer: new (config: unknown) => Recognizer
}

const SAMPLE_RATE = 16_000

/**
 * @param config as its recognisers want it.
 * @param language of a streaming model that is told it with each stream.
 * @returns the pieces said in a clip.
 */
export function openSherpa(
  streaming: boolean,
  config: unknown,
  language?: string,
): (samples: Float32Array) => readonly string[] {
  const sherpa = load()
  const recognizer = streaming ? new sherpa.OnlineRecognizer(config) : new sherpa.OfflineRecognizer(config)
  return (samples) => {
    const stream = recognizer.createStream()
    if (language !== undefined) stream.setOption('language', language)
    stream.acceptWaveform({ sampleRate: SAMPLE_RATE, samples })
    if (streaming) {
      stream.inputFinished()
      while (recognizer.isReady(stream)) recognizer.decode(stream)
    } else {
      recognizer.decode(stream)
    }
    return recognizer.getResult(stream).tokens
  }
}

/** A clip that comes in pieces. */
export interface Listening {
  push(samples: Float32Array): void
  /** @returns the pieces said. */
  finish(): readonly string[]
}

/** @param config of a streaming recogniser. */
export function openSherpaStreams(config: unknown): () => Listening {
  const recognizer = new (load().OnlineRecognizer)(config)
  return () => {
    const stream = recognizer.createStream()
    const decode = (): void => {
      while (recognizer.isReady(stream)) recognizer.decode(stream)
    }
    return {
      push: (samples) => {
        stream.acceptWaveform({ sampleRate: SAMPLE_RATE, samples })
        decode()
      },
      finish: () => {
        stream.inputFinished()
        decode()
        return recognizer.getResult(stream).tokens
      },
    }
  }
}

function load(): Sherpa {
  return createRequire(import.meta.url)('sherpa-onnx-node') as Sherpa
}
