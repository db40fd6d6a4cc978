/**
 * The states a streaming graph hands from one run to the next: which output becomes which input, and the zeros it all
 * begins with. Shapes and types are the graph's own, so that every size of a model is threaded alike.
 */
import type { Tensor } from 'onnxruntime-node'
import { mismatch, type Graph, type Tensors } from '../graph.ts'

/** How exporters call the output that follows the input `name`: icefall, NeMo, its QNN builds, Moonshine. */
const SUCCESSORS: readonly ((name: string) => string)[] = [
  (name) => `new_${name}`,
  (name) => `${name}_next`,
  (name) => `next_${name}`,
  (name) => `${name}_out`,
  // cache_last_channel_len → cache_last_channel_next_len
  (name) => name.replace(/_len$/, '_next_len'),
]

/** By input name. */
export type StateSizes = Readonly<Record<string, readonly number[]>>

export class CarriedStates {
  readonly #graph: Graph
  /** Input name → output name. */
  readonly #threads: readonly (readonly [string, string])[]
  readonly #sizes: StateSizes

  private constructor(graph: Graph, threads: readonly (readonly [string, string])[], sizes: StateSizes = {}) {
    this.#graph = graph
    this.#threads = threads
    this.#sizes = sizes
  }

  /**
   * States that are matched by name.
   * @param others inputs that are no states
   * @param sizes dimensions of those whose graph leaves more open than the batch
   * @throws StenoError `model-mismatch` when there are none, or one goes in and does not come out
   */
  static byName(graph: Graph, others: readonly string[], sizes: StateSizes = {}): CarriedStates {
    const states = graph.inputNames.filter((name) => !others.includes(name))
    if (states.length === 0) throw mismatch(graph.file, 'it has no states')
    return new CarriedStates(
      graph,
      states.map((name) => {
        const next = SUCCESSORS.map((successor) => successor(name)).find((output) =>
          graph.outputNames.includes(output),
        )
        if (next === undefined)
          throw mismatch(graph.file, `its state “${name}” goes in and does not come out`)
        return [name, next]
      }),
      sizes,
    )
  }

  /** States whose outputs are the last ones, in the order of the inputs: NeMo's decoders name them by chance. */
  static byOrder(graph: Graph, others: readonly string[]): CarriedStates {
    const names = graph.inputNames.filter((name) => !others.includes(name))
    const outputs = graph.outputNames.slice(-names.length)
    if (names.length === 0 || graph.outputNames.length <= names.length)
      throw mismatch(graph.file, 'it has no states that come out again')
    return new CarriedStates(
      graph,
      names.map((name, index) => [name, outputs[index] ?? '']),
    )
  }

  /** The outputs that `carry` wants. */
  get outputs(): string[] {
    return this.#threads.map(([, output]) => output)
  }

  /** By input name. Tensors are not written to: kept ones are a snapshot. */
  zeros(): Tensors {
    return Object.fromEntries(this.#threads.map(([name]) => [name, this.#zero(name)]))
  }

  /** The inputs of the next run, out of the outputs of this one. */
  carry(answer: Tensors): Tensors {
    return Object.fromEntries(
      this.#threads.flatMap(([name, output]) => {
        const tensor = answer[output]
        return tensor === undefined ? [] : [[name, tensor] as const]
      }),
    )
  }

  /** A dimension without a fixed size is the batch. */
  #zero(name: string): Tensor {
    const { ort } = this.#graph
    const { type, shape } = this.#graph.input(name)
    const dims = this.#sizes[name] ?? shape.map((dim) => (typeof dim === 'number' && dim >= 0 ? dim : 1))
    const count = dims.reduce((product, dim) => product * dim, 1)
    if (type === 'int64') return new ort.Tensor(type, new BigInt64Array(count), dims)
    if (type === 'int32') return new ort.Tensor(type, new Int32Array(count), dims)
    if (type === 'float32') return new ort.Tensor(type, new Float32Array(count), dims)
    throw mismatch(this.#graph.file, `its state “${name}” is of the type ${type}`)
  }
}
