/**
 * Reads one segment of speech, more than once while it grows. Models of whole utterances decode it anew each time;
 * streaming ones are given what is new. Either way the final text depends on the segment's samples alone.
 */
import type { Pcm } from '../../shared/audio.ts'
import type { Hypothesis, Model, StreamingDecode, StreamingModel } from '../model.ts'

/** As RealtimeSTT asks of its evidence: a hypothesis that lives so long seldom changes. */
const AGREEMENT_SECONDS = 0.6

export interface SegmentReader {
  /** Each decode begins anew: a partial can be given up. */
  readonly rereads: boolean
  /** Seconds of audio over which hypotheses must agree on a word before it is shown as final. */
  readonly agreementSeconds: number
  /** The text so far. @param pcm the segment from its start to what is heard now: it only grows. */
  partial(pcm: Pcm, signal: AbortSignal): Promise<Hypothesis>
  /**
   * Reads the final in case nothing follows. What may be shown of it now: of a model whose text only grows that is the
   * partial, since words said at the end alone need not stay.
   */
  ahead(pcm: Pcm, signal: AbortSignal): Promise<Hypothesis>
  /** The text of the segment. Reading the same samples again costs nothing. */
  final(pcm: Pcm, signal: AbortSignal): Promise<Hypothesis>
  /** The next segment begins. */
  reset(): void
}

export function readerOf(model: Model): SegmentReader {
  return isStreaming(model) ? new StreamingReader(model) : new WholeReader(model)
}

function isStreaming(model: Model): model is StreamingModel {
  return 'open' in model
}

interface Read {
  readonly samples: number
  readonly hypothesis: Hypothesis
}

class WholeReader implements SegmentReader {
  readonly rereads = true
  readonly agreementSeconds = AGREEMENT_SECONDS
  readonly #model: Model
  #read: Read | undefined

  constructor(model: Model) {
    this.#model = model
  }

  partial(pcm: Pcm, signal: AbortSignal): Promise<Hypothesis> {
    return this.final(pcm, signal)
  }

  ahead(pcm: Pcm, signal: AbortSignal): Promise<Hypothesis> {
    return this.final(pcm, signal)
  }

  async final(pcm: Pcm, signal: AbortSignal): Promise<Hypothesis> {
    if (this.#read?.samples === pcm.length) return this.#read.hypothesis
    const hypothesis = await this.#model.transcribe(pcm, signal)
    this.#read = { samples: pcm.length, hypothesis }
    return hypothesis
  }

  reset(): void {
    this.#read = undefined
  }
}

class StreamingReader implements SegmentReader {
  readonly rereads = false
  readonly agreementSeconds: number
  readonly #model: StreamingModel
  #decode: StreamingDecode | undefined
  #given = 0
  #read: Read | undefined

  constructor(model: StreamingModel) {
    this.#model = model
    this.agreementSeconds = model.appendOnly ? 0 : AGREEMENT_SECONDS
  }

  async partial(pcm: Pcm, signal: AbortSignal): Promise<Hypothesis> {
    const decode = (this.#decode ??= this.#model.open())
    const fresh = pcm.slice(this.#given)
    this.#given = pcm.length
    return await decode.push(fresh, signal)
  }

  async ahead(pcm: Pcm, signal: AbortSignal): Promise<Hypothesis> {
    const partial = await this.partial(pcm, signal)
    const final = await this.final(pcm, signal)
    return this.#model.appendOnly ? partial : final
  }

  async final(pcm: Pcm, signal: AbortSignal): Promise<Hypothesis> {
    if (this.#read?.samples === pcm.length) return this.#read.hypothesis
    // The segment was cut before the end of what was heard.
    if (this.#given > pcm.length) this.reset()
    if (this.#given < pcm.length) await this.partial(pcm, signal)
    const decode = (this.#decode ??= this.#model.open())
    const hypothesis = await decode.fork().finish(signal)
    this.#read = { samples: pcm.length, hypothesis }
    return hypothesis
  }

  reset(): void {
    this.#decode = undefined
    this.#given = 0
    this.#read = undefined
  }
}
