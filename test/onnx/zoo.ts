/** One tiny model of made-up weights for each family and layout that Steno knows: what must hold for all is asked of all. */
import { onnxAsrCanary, sherpaCanary } from './canary.ts'
import { writeToyCtc } from './ctc.ts'
import { writeToyMoonshine } from './moonshine.ts'
import { writeStreamingMoonshine } from './moonshine-streaming.ts'
import { onnxAsrCtc, sherpaCtc } from './nemo-ctc.ts'
import { streamingNemo } from './nemo-streaming.ts'
import { onnxAsrTransducer, sherpaTransducer, writeFiles, type Files, type NemoToy } from './nemo.ts'
import { senseVoiceFiles } from './sense-voice.ts'
import { writeSherpaWhisper } from './whisper-sherpa.ts'
import { writeToyWhisper } from './whisper.ts'
import { zipformerFiles } from './zipformer.ts'

export interface ZooModel {
  /** Of family and layout. */
  readonly name: string
  /** Writes the model's files into a folder, which is made; it says something of any speech. */
  readonly make: (folder: string) => Promise<void>
}

const PIECES = ['<unk>', ...Array.from('abcdefghij'), ...Array.from('klmnop', (letter) => `▁${letter}`)]
const ICEFALL_PIECES = ['<blk>', '<sos/eos>', ...PIECES]
const CANARY_PIECES = ['▁', ...PIECES.slice(1)]
const TDT: NemoToy = { seed: 3, pieces: PIECES, bands: 128, layers: 2, tdt: true, blankBias: 2 }
const RNNT: NemoToy = { seed: 103, pieces: PIECES, bands: 80, layers: 1, tdt: false, blankBias: 4 }
const STREAMING = { ...RNNT, shift: 16, normalise: 'NA' }

export const ZOO: readonly ZooModel[] = [
  { name: 'Steno CTC', make: writeToyCtc },
  { name: 'Whisper', make: (folder) => writeToyWhisper(folder, { seed: 5 }) },
  { name: 'Whisper, English', make: (folder) => writeToyWhisper(folder, { kind: 'english', seed: 3 }) },
  {
    name: 'Whisper, decoder in two graphs',
    make: (folder) => writeToyWhisper(folder, { seed: 5, apart: true }),
  },
  {
    name: 'Whisper, sherpa-onnx',
    make: (folder) => writeSherpaWhisper(folder, { seed: 5, anyLength: true }),
  },
  { name: 'Moonshine v1', make: (folder) => writeToyMoonshine(folder, { seed: 3 }) },
  { name: 'Moonshine streaming', make: writeStreamingMoonshine },
  of('Parakeet TDT, onnx-asr', onnxAsrTransducer(TDT)),
  of('Parakeet TDT, sherpa-onnx', sherpaTransducer(TDT)),
  of('Parakeet RNN-T, sherpa-onnx', sherpaTransducer(RNNT)),
  of('NeMo CTC, onnx-asr', onnxAsrCtc(RNNT)),
  of('NeMo CTC, sherpa-onnx', sherpaCtc(RNNT)),
  of('Canary, onnx-asr', onnxAsrCanary({ seed: 2, pieces: CANARY_PIECES })),
  of('Canary, sherpa-onnx', sherpaCanary({ seed: 2, pieces: CANARY_PIECES })),
  of('FastConformer streaming', streamingNemo(STREAMING)),
  of('FastConformer streaming, told the language', streamingNemo({ ...STREAMING, prompts: { auto: 101 } })),
  of('Zipformer', zipformerFiles({ seed: 101, generation: 1, pieces: ICEFALL_PIECES, blankBias: 2 })),
  of('Zipformer 2', zipformerFiles({ seed: 1, generation: 2, pieces: ICEFALL_PIECES, blankBias: 2 })),
  of('SenseVoice', senseVoiceFiles({ seed: 1, pieces: PIECES })),
]

function of(name: string, files: Files): ZooModel {
  return { name, make: (folder) => writeFiles(folder, files) }
}
