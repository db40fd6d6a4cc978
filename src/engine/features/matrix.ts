/** Feature matrices. Front ends compute frame by frame; some encoders want the bands as rows. */

interface FeatureMatrix {
  readonly data: Float32Array
  readonly frames: number
  readonly bands: number
}

/** [frames, bands], row-major: band b of frame t at `data[t * bands + b]`. Frames can be cut and joined as slices. */
export interface FrameMajor extends FeatureMatrix {
  readonly layout: 'frame-major'
}

/** [bands, frames], row-major: band b of frame t at `data[b * frames + t]`. */
export interface BandMajor extends FeatureMatrix {
  readonly layout: 'band-major'
}

export function toBandMajor({ data, frames, bands }: FrameMajor): BandMajor {
  const turned = new Float32Array(data.length)
  for (let t = 0; t < frames; t++) {
    for (let b = 0; b < bands; b++) turned[b * frames + t] = data[t * bands + b] ?? 0
  }
  return { layout: 'band-major', data: turned, frames, bands }
}

export function toFrameMajor({ data, frames, bands }: BandMajor): FrameMajor {
  const turned = new Float32Array(data.length)
  for (let b = 0; b < bands; b++) {
    for (let t = 0; t < frames; t++) turned[t * bands + b] = data[b * frames + t] ?? 0
  }
  return { layout: 'frame-major', data: turned, frames, bands }
}
