/**
 * Any sample rate to 16 kHz: flat to 7/8 of the lower one's Nyquist frequency (7 kHz of 8), 60 dB down from the whole
 * of it on. High rates are first divided by a whole number with a short filter, so that the long one runs at a low
 * rate. The filters are Kaiser's (src/audio/kaiser.ts).
 */
import { SAMPLE_RATE, type Pcm } from '../shared/audio.ts'
import { lowPass, type LowPass } from './kaiser.ts'
import { Polyphase } from './polyphase.ts'

export const LOWEST_RATE = 1_000
export const HIGHEST_RATE = 768_000

const PASS_BAND = 7 / 8
/** dB: leaves something above 60 for two stages in a row. */
const ATTENUATION = 65
/** Hz that the first stage keeps at least: the more above 16 kHz, the shorter its filter may be. */
const LOWEST_BETWEEN = 22_000

interface Stage {
  readonly polyphase: Polyphase
  /** Hz. */
  readonly rate: number
}

export class Resampler {
  readonly #rate: number
  readonly #stages: readonly Stage[]
  #received = 0

  /** @param rate of the input in Hz, a whole number from 1000 to 768000; throws RangeError otherwise. */
  constructor(rate: number) {
    if (!isSampleRate(rate)) throw new RangeError(`No sample rate: ${rate} Hz`)
    this.#rate = rate
    this.#stages = rate === SAMPLE_RATE ? [] : stagesFrom(rate)
  }

  /** Mono input of any length; returns the output that it settles. At 16 kHz that is `pcm` itself. */
  push(pcm: Float32Array): Pcm {
    this.#received += pcm.length
    return this.#stages.reduce<Pcm>((samples, { polyphase }) => polyphase.push(samples), pcm)
  }

  /** The rest, as if silence followed; all output together is round(inputs * 16000 / rate) samples. Ends it. */
  flush(): Pcm {
    return this.#stages.reduce<Pcm>(
      (samples, { polyphase, rate }) =>
        polyphase.end(samples, Math.round((this.#received * rate) / this.#rate)),
      new Float32Array(0),
    )
  }
}

export function isSampleRate(rate: number): boolean {
  return Number.isInteger(rate) && rate >= LOWEST_RATE && rate <= HIGHEST_RATE
}

function stagesFrom(rate: number): readonly Stage[] {
  const divisor = Math.max(1, Math.floor(rate / LOWEST_BETWEEN))
  const between = rate / divisor
  const stop = Math.min(between, SAMPLE_RATE) / 2
  const last = {
    polyphase: new Polyphase(SAMPLE_RATE * divisor, rate, filterFor(between, PASS_BAND * stop, stop)),
    rate: SAMPLE_RATE,
  }
  if (divisor === 1) return [last]
  // What it lets through above 8 kHz the last stage takes out, as long as none of it folds back below 8 kHz.
  const short = filterFor(rate, PASS_BAND * stop, between - stop)
  return [{ polyphase: new Polyphase(1, divisor, short), rate: between }, last]
}

/** Band edges in Hz. */
function filterFor(rate: number, pass: number, stop: number): LowPass {
  return lowPass(pass / rate, stop / rate, ATTENUATION)
}
