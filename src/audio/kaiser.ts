/**
 * A low-pass filter designed by Kaiser's window method: J. F. Kaiser, "Nonrecursive digital filter design using the
 * I0-sinh window function", ISCAS 1974; the same formulas are in Oppenheim & Schafer, Discrete-Time Signal
 * Processing, section 7.6.
 */

export interface LowPass {
  /** Half the length of the impulse response in samples, at least 1; zero beyond. */
  readonly reach: number
  /** Impulse response at `t` samples from its centre, |t| <= reach; `t` need not be whole. */
  at(t: number): number
}

/**
 * @param pass,stop edges of the transition band in cycles per sample, 0 < pass < stop <= 0.5.
 * @param attenuation of the stop band in dB, above 50; the pass band is flat to the same precision.
 */
export function lowPass(pass: number, stop: number, attenuation: number): LowPass {
  const beta = 0.1102 * (attenuation - 8.7)
  const order = (attenuation - 7.95) / (2.285 * 2 * Math.PI * (stop - pass))
  const reach = Math.ceil(order / 2)
  const cutoff = pass + stop
  const windowScale = 1 / besselI0(beta)
  return {
    reach,
    at(t) {
      const edge = 1 - (t / reach) ** 2
      return edge < 0 ? 0 : cutoff * sinc(cutoff * t) * besselI0(beta * Math.sqrt(edge)) * windowScale
    },
  }
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

/** Modified Bessel function of the first kind, order zero, by its power series (all terms are positive). */
function besselI0(x: number): number {
  const quarter = (x * x) / 4
  let term = 1
  let sum = 1
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarter / (k * k)
    sum += term
  }
  return sum
}
