/** Cuts a signal into overlapping frames; an edge rule says what lies before its first and after its last sample. */

/** The index to read instead of `index`, which is outside 0 … length−1; −1 for a zero. */
export type EdgeRule = (index: number, length: number) => number

export const zeros: EdgeRule = () => -1

/** … 2 1 | 0 1 2 …: the edge sample stands once (numpy's "reflect", torch's centred STFT). */
export const reflect: EdgeRule = (index, length) => {
  if (length === 1) return 0
  const period = 2 * (length - 1)
  const folded = modulo(index, period)
  return folded < length ? folded : period - folded
}

/** … 1 0 | 0 1 2 …: the edge sample stands twice (Kaldi's snip_edges=false). */
export const mirror: EdgeRule = (index, length) => {
  const folded = modulo(index, 2 * length)
  return folded < length ? folded : 2 * length - 1 - folded
}

/**
 * Fills `frame` with the samples from index `start` on.
 * @param length of the signal; zeros follow where `samples` are fewer.
 */
export function readFrame(
  frame: Float64Array,
  samples: Float32Array | Float64Array,
  start: number,
  rule: EdgeRule,
  length = samples.length,
): void {
  if (start >= 0 && start + frame.length <= samples.length) {
    for (let i = 0; i < frame.length; i++) frame[i] = samples[start + i] ?? 0
    return
  }
  for (let i = 0; i < frame.length; i++) {
    const index = start + i
    frame[i] = samples[index >= 0 && index < length ? index : rule(index, length)] ?? 0
  }
}

function modulo(value: number, period: number): number {
  return ((value % period) + period) % period
}
