/**
 * The states a streaming graph hands from one run to the next: which output becomes which input, and the zeros it all
 * begins with. Shapes and types are the graph's own, so that every size of a model is threaded alike.
 */
import type { Tensor } from 'onnxruntime-node'
import { StenoError } from '../../shared/errors.ts'
import type { Ort, Session } from '../runtime.ts'

/** By input name. Tensors are not written to: a kept one is a snapshot. */
export type States = Readonly<Record<string, Tensor>>

/** How exporters call the output that follows the input `name`: icefall, NeMo, its QNN builds. */
const SUCCESSORS: readonly ((name: string) => string)[] = [
  (name) => `new_${name}`,
  (name) => `${name}_next`,
  (name) => `next_${name}`,
]

export class CarriedStates {
  readonly #ort: Ort
  readonly #session: Session
  /** Input name → output name. */
  readonly #threads: readonly (readonly [string, string])[]

  private constructor(ort: Ort, session: Session, threads: readonly (readonly [string, string])[]) {
    this.#ort = ort
    this.#session = session
    this.#threads = threads
  }

  /**
   * States that are matched by name.
   * @param others inputs that are no states
   * @throws StenoError `model-mismatch`, naming `file`, when a state goes in and does not come out
   */
  static byName(ort: Ort, session: Session, file: string, others: readonly string[]): CarriedStates {
    const threads = session.inputNames
      .filter((name) => !others.includes(name))
      .map((name) => {
        const next = SUCCESSORS.map((successor) => successor(name)).find((output) =>
          session.outputNames.includes(output),
        )
        if (next === undefined) throw misfit(file, `its state “${name}” goes in and does not come out`)
        return [name, next] as const
      })
    return new CarriedStates(ort, session, threads)
  }

  /** States whose outputs are the last ones, in the order of the inputs: NeMo's decoders name them by chance. */
  static byOrder(ort: Ort, session: Session, file: string, others: readonly string[]): CarriedStates {
    const names = session.inputNames.filter((name) => !others.includes(name))
    const outputs = session.outputNames.slice(-names.length)
    if (names.length === 0 || session.outputNames.length <= names.length)
      throw misfit(file, 'it has no states that come out again')
    return new CarriedStates(
      ort,
      session,
      names.map((name, index) => [name, outputs[index] ?? '']),
    )
  }

  /** The outputs that `carry` wants. */
  get outputs(): string[] {
    return this.#threads.map(([, output]) => output)
  }

  zeros(): States {
    return Object.fromEntries(this.#threads.map(([name]) => [name, this.#zero(name)]))
  }

  carry(outputs: Readonly<Record<string, Tensor>>): States {
    return Object.fromEntries(
      this.#threads.flatMap(([name, output]) => {
        const tensor = outputs[output]
        return tensor === undefined ? [] : [[name, tensor] as const]
      }),
    )
  }

  /** A dimension without a fixed size is the batch. */
  #zero(name: string): Tensor {
    const found = this.#session.inputMetadata.find((input) => input.name === name)
    const shape = found?.isTensor === true ? found.shape : []
    const dims = shape.map((dim) => (typeof dim === 'number' && dim >= 0 ? dim : 1))
    const count = dims.reduce((product, dim) => product * dim, 1)
    const type = found?.isTensor === true ? found.type : 'float32'
    if (type === 'int64') return new this.#ort.Tensor(type, new BigInt64Array(count), dims)
    if (type === 'int32') return new this.#ort.Tensor(type, new Int32Array(count), dims)
    return new this.#ort.Tensor('float32', new Float32Array(count), dims)
  }
}

/** The files of a model contradict each other, or the graph is not what its family publishes. */
export function misfit(file: string, why: string): StenoError {
  return new StenoError('model-mismatch', `The model does not fit what Steno knows of it: ${file}: ${why}`, {
    file,
    hint: 'Its files are of different versions: fetch the model again.',
  })
}
