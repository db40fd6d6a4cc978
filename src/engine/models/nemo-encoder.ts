/** What NeMo's encoders have in common: features in, `[1, width, steps]` out. */
import type { Tensor } from 'onnxruntime-node'
import type { Pcm } from '../../shared/audio.ts'
import { StenoError } from '../../shared/errors.ts'
import type { EncoderSteps } from '../decode/transducer-search.ts'
import { toBandMajor, type BandMajor } from '../features/matrix.ts'
import { NemoFrontEnd, normaliseNemo } from '../features/nemo.ts'
import { floats, mismatch, type Graph } from '../graph.ts'
import type { Ort } from '../runtime.ts'

/** Mel bands of the input `audio_signal`. @throws StenoError `model-mismatch` unless 80 or 128. */
export function bandsOf(encoder: Graph): 80 | 128 {
  const bands = encoder.input('audio_signal').shape[1]
  if (bands === 80 || bands === 128) return bands
  throw mismatch(encoder.file, `it wants ${bands ?? 'no'} mel bands, NeMo’s models 80 or 128`)
}

/** @throws StenoError `model-unsupported` for a normalisation other than NeMo's per_feature and none. */
export function nemoFeatures(bands: 80 | 128, normalisation: string, file: string): (pcm: Pcm) => BandMajor {
  const frontEnd = new NemoFrontEnd(bands)
  if (normalisation === 'per_feature') return (pcm) => normaliseNemo(frontEnd.logMel(pcm))
  if (normalisation === '' || normalisation === 'NA') return (pcm) => toBandMajor(frontEnd.logMel(pcm))
  throw new StenoError(
    'model-unsupported',
    `Steno does not know its normalisation “${normalisation}”: ${file}`,
    {
      file,
      hint: 'Choose another model, or update Steno.',
    },
  )
}

/** `audio_signal` [1, bands, frames] and `length` [1]. */
export function encoderFeeds(ort: Ort, { data, bands, frames }: BandMajor): Record<string, Tensor> {
  return {
    audio_signal: new ort.Tensor('float32', data, [1, bands, frames]),
    length: new ort.Tensor('int64', BigInt64Array.of(BigInt(frames)), [1]),
  }
}

/** @param lengths of the steps that are valid; all of them where it is left out. */
export function encodedSteps(
  outputs: Tensor | undefined,
  lengths: Tensor | undefined,
  file: string,
): EncoderSteps {
  const [batch, width, total] = outputs?.dims ?? []
  if (batch !== 1 || width === undefined || total === undefined)
    throw mismatch(file, `it answers [${String(outputs?.dims)}], not [1, width, steps]`)
  const steps = Math.min(total, Number(lengths?.data[0] ?? total))
  return {
    data: byStep(floats(outputs, 'outputs', file), width, total).subarray(0, steps * width),
    steps,
    width,
  }
}

/** [width, steps] → [steps, width]. */
function byStep(data: Float32Array, width: number, steps: number): Float32Array {
  const turned = new Float32Array(data.length)
  for (let i = 0; i < width; i++) {
    for (let step = 0; step < steps; step++) turned[step * width + i] = data[i * steps + step] ?? 0
  }
  return turned
}
