/** The models that are measured, and their references. */
import { writeCanary } from './canary.ts'
import type { FullSize } from './measure.ts'
import { STREAMING_MOONSHINE_SIZES, writeStreamingMoonshine } from './moonshine-streaming.ts'
import { MOONSHINE_SIZES, writeMoonshine } from './moonshine.ts'
import { writeNemoCtc } from './nemo-ctc.ts'
import { NEMO_SIZES, writeNemo, type NemoSize } from './nemo.ts'
import type { Precision } from './network.ts'
import { writeSenseVoice } from './sense-voice.ts'
import { WHISPER_SIZES, writeWhisper } from './whisper.ts'
import { writeZipformer } from './zipformer.ts'

/** More than are said: the script ends the decode. */
const MAX_TOKENS = 190

function whisper(name: keyof typeof WHISPER_SIZES, precision: Precision): FullSize {
  const size = WHISPER_SIZES[name]
  const english = size.kind === 'english'
  const spoken = english ? {} : { language: 'en', task: 'transcribe' }
  return {
    name: `Whisper ${name}`,
    precision,
    write: (folder, _, tokens) => writeWhisper(folder, size, precision, tokens),
    ...(english ? {} : { wishes: { language: 'en' } }),
    reference: { kind: 'transformers', precision, options: { max_new_tokens: MAX_TOKENS, ...spoken } },
  }
}

function moonshine(name: keyof typeof MOONSHINE_SIZES, precision: Precision): FullSize {
  return {
    name: `Moonshine ${name}`,
    precision,
    write: (folder, _, tokens) => writeMoonshine(folder, MOONSHINE_SIZES[name], precision, tokens),
    reference: { kind: 'transformers', precision, options: { max_new_tokens: MAX_TOKENS } },
  }
}

/** transformers.js has no such model. */
function moonshineStreaming(name: keyof typeof STREAMING_MOONSHINE_SIZES, precision: Precision): FullSize {
  return {
    name: `Moonshine streaming ${name}`,
    precision,
    write: (folder, _, tokens) =>
      writeStreamingMoonshine(folder, STREAMING_MOONSHINE_SIZES[name], precision, tokens),
  }
}

function nemo(name: keyof typeof NEMO_SIZES, precision: Precision): FullSize {
  const size: NemoSize = NEMO_SIZES[name]
  const { stream } = size
  return {
    name,
    precision,
    write: (folder) => writeNemo(folder, size, precision),
    reference: {
      kind: stream === undefined ? 'nemo' : 'nemo-streaming',
      graphs: ['encoder.onnx', 'decoder.onnx', 'joiner.onnx'],
      bands: size.bands,
    },
    // As src/engine/models/fastconformer.ts adds: a window and 0.6 s.
    ...(stream === undefined ? {} : { tailSeconds: (stream.shift + 9 + 60) / 100 }),
  }
}

function nemoCtc(precision: Precision): FullSize {
  return {
    name: 'Parakeet CTC 110M',
    precision,
    write: (folder) => writeNemoCtc(folder, precision),
    reference: { kind: 'nemo-ctc', graph: 'model.onnx', bands: 80 },
  }
}

function canary(precision: Precision): FullSize {
  return {
    name: 'Canary 180M flash',
    precision,
    write: (folder, _, tokens) => writeCanary(folder, precision, tokens),
    wishes: { language: 'en' },
    reference: {
      kind: 'canary',
      graphs: ['encoder.onnx', 'decoder.onnx'],
      language: 'en',
      translate: false,
      bands: 128,
    },
  }
}

function senseVoice(precision: Precision): FullSize {
  return {
    name: 'SenseVoice Small',
    precision,
    write: (folder) => writeSenseVoice(folder, precision),
    wishes: { language: 'en' },
    reference: { kind: 'sense-voice', graph: 'model.onnx', language: 'en', bands: 80 },
  }
}

function zipformer(precision: Precision): FullSize {
  const name = (graph: string): string => `${graph}-epoch-99-avg-1.onnx`
  return {
    name: 'Zipformer streaming 66M, 320 ms',
    precision,
    write: (folder) => writeZipformer(folder, precision),
    reference: {
      kind: 'zipformer',
      graphs: [name('encoder'), name('decoder'), name('joiner')],
      bands: 80,
    },
    // As src/engine/models/zipformer.ts adds: a window and 0.3 s.
    tailSeconds: 0.75,
  }
}

export const MODELS: readonly FullSize[] = [
  whisper('tiny.en', 'int8'),
  whisper('tiny.en', 'float32'),
  whisper('base', 'int8'),
  whisper('base', 'float32'),
  whisper('small', 'int8'),
  whisper('large-v3-turbo', 'int8'),
  moonshine('tiny', 'int8'),
  moonshine('tiny', 'float32'),
  moonshine('base', 'int8'),
  moonshine('base', 'float32'),
  moonshineStreaming('tiny', 'int8'),
  moonshineStreaming('tiny', 'float32'),
  moonshineStreaming('small', 'int8'),
  nemoCtc('int8'),
  nemoCtc('float32'),
  canary('int8'),
  nemo('Parakeet TDT 0.6B', 'int8'),
  nemo('FastConformer streaming 114M, 480 ms', 'int8'),
  nemo('FastConformer streaming 114M, 480 ms', 'float32'),
  nemo('Nemotron streaming 0.6B, 560 ms', 'int8'),
  senseVoice('int8'),
  zipformer('int8'),
  zipformer('float32'),
]
