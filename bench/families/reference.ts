/** The other side of the comparison: a process that decodes a clip when asked. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { SherpaModel } from '../../test/agreement/sherpa.ts'
import type { Precision } from './network.ts'

export type ReferenceModel =
  | {
      readonly kind: 'transformers'
      readonly precision: Precision
      /** Of `generate`. */
      readonly options: Readonly<Record<string, unknown>>
    }
  | (SherpaModel & { readonly bands: number })

export interface ReferenceJob {
  readonly folder: string
  readonly model: ReferenceModel
  /** File of float32 samples. */
  readonly clip: string
  /** Silence at its end that the model needs, and nobody has to wait for. */
  readonly tailSeconds?: number | undefined
}

export type ReferenceRequest = 'decode' | 'listen'

export interface Decoded {
  /** Of a processor: other programs of the machine disturb that less than the clock. */
  readonly cpuSeconds: number
  /** From the last sample it was given to its text. */
  readonly waitSeconds: number
  /** Whether it read while the clip was spoken. */
  readonly listened: boolean
  readonly tokens: number
  /** Resident, after the decode. */
  readonly megabytes: number
}

export class Reference implements AsyncDisposable {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  /** Resolves when the model is loaded. */
  static async start(job: ReferenceJob): Promise<Reference> {
    const entry = fileURLToPath(new URL('reference-process.ts', import.meta.url))
    const reference = new Reference(fork(entry, [JSON.stringify(job)]))
    try {
      await reference.#answer()
      return reference
    } catch (error) {
      await reference[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Hands it the whole clip. */
  async decode(): Promise<Decoded> {
    return await this.#ask('decode')
  }

  /** Speaks the clip in real time to a recogniser that can listen; the others are handed the whole when it is over. */
  async listen(): Promise<Decoded> {
    return await this.#ask('listen')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
  }

  async #ask(what: ReferenceRequest): Promise<Decoded> {
    this.#child.send(what)
    return (await this.#answer()) as Decoded
  }

  async #answer(): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const ended = (): void => {
      reject(new Error('the reference ended before it answered'))
    }
    this.#child.once('message', resolve).once('exit', ended)
    try {
      return await promise
    } finally {
      this.#child.off('message', resolve).off('exit', ended)
    }
  }
}
