/**
 * One ONNX graph of a model: opened with the names it must have, run with errors that name its file. Weights that
 * are damaged, or files that changed places, show here and never as a crash or a nameless error.
 */
import type { Tensor } from 'onnxruntime-node'
import { StenoError, textOf } from '../shared/errors.ts'
import { openSession, type Ort, type Session } from './runtime.ts'

export type Tensors = Readonly<Record<string, Tensor>>

export interface GraphNames {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

export class Graph implements AsyncDisposable {
  readonly ort: Ort
  readonly file: string
  readonly #session: Session

  private constructor(ort: Ort, file: string, session: Session) {
    this.ort = ort
    this.file = file
    this.#session = session
  }

  /** Rejects with `model-missing`, `model-corrupt`, or `model-mismatch` when it lacks one of the names. */
  static async open(ort: Ort, file: string, threads: number, names: GraphNames): Promise<Graph> {
    const session = await openSession(ort, file, threads)
    const lacking = [
      ...names.inputs.filter((name) => !session.inputNames.includes(name)),
      ...names.outputs.filter((name) => !session.outputNames.includes(name)),
    ]
    if (lacking.length === 0) return new Graph(ort, file, session)
    await session.release()
    throw mismatch(file, `it has no ${lacking.map((name) => `“${name}”`).join(', ')}`)
  }

  get inputNames(): readonly string[] {
    return this.#session.inputNames
  }

  get outputNames(): readonly string[] {
    return this.#session.outputNames
  }

  /** Element type and dimensions of an input; a dimension of any size is a string. */
  input(name: string): { readonly type: Tensor.Type; readonly shape: readonly (number | string)[] } {
    const found = this.#session.inputMetadata.find((input) => input.name === name)
    if (found?.isTensor === true) return found
    throw mismatch(this.file, `its input “${name}” is missing or no tensor`)
  }

  /** The outputs asked for, and no others: what is not fetched is not copied. Rejects with `model-corrupt`. */
  async run(feeds: Tensors, outputs: readonly string[]): Promise<Tensors> {
    for (const tensor of Object.values(feeds)) exposeBits(tensor)
    try {
      return await this.#session.run(feeds, [...outputs])
    } catch (error) {
      throw new StenoError('model-corrupt', `The model fails while it decodes: ${this.file}`, {
        file: this.file,
        hint: 'It is damaged, or its files are of different versions: fetch the model again.',
        cause: textOf(error),
      })
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session.release()
  }
}

export function mismatch(file: string, why: string): StenoError {
  return new StenoError('model-mismatch', `The model’s files do not fit together: ${file}: ${why}`, {
    file,
    hint: 'They are of different versions or changed places: fetch the model again.',
  })
}

/**
 * Tensors of half precision hold a Float16Array where there is one, which onnxruntime-node 1.30 takes for empty: it
 * reads their bits when they are given as such.
 */
function exposeBits(tensor: Tensor): void {
  if (tensor.type !== 'float16' || tensor.data instanceof Uint16Array) return
  const { buffer, byteOffset, length } = tensor.data as ArrayBufferView & ArrayLike<number>
  Object.defineProperty(tensor, 'data', { value: new Uint16Array(buffer, byteOffset, length) })
}

/**
 * An output as float32; half precision is widened. Throws `model-mismatch` for anything else, and `model-corrupt` when
 * there is something in it that is no number: damaged weights answer so, and would be read as the first token for ever.
 */
export function floats(tensor: Tensor | undefined, name: string, file: string): Float32Array {
  const values = valuesOf(tensor)
  if (values === undefined)
    throw mismatch(file, `its output “${name}” is ${tensor?.type ?? 'missing'}, not float32`)
  if (values.includes(NaN)) {
    throw new StenoError('model-corrupt', `The model’s answers are no numbers: ${file}`, {
      file,
      hint: 'Its weights are damaged: fetch the model again.',
    })
  }
  return values
}

function valuesOf(tensor: Tensor | undefined): Float32Array | undefined {
  if (tensor?.data instanceof Float32Array) return tensor.data
  // Where the runtime has Float16Array, tensors of half precision hold one, whose elements are numbers.
  return tensor?.type === 'float16' ? Float32Array.from(tensor.data as ArrayLike<number>) : undefined
}

/** Numbers as a tensor of the type an input wants. */
export function floatTensor(
  ort: Ort,
  type: Tensor.Type,
  data: Float32Array,
  dims: readonly number[],
): Tensor {
  if (type !== 'float16') return new ort.Tensor('float32', data, dims)
  return new ort.Tensor('float16', Array.from(data), dims)
}

export function idTensor(ort: Ort, ids: readonly number[], dims = [1, ids.length]): Tensor {
  return new ort.Tensor('int64', BigInt64Array.from(ids, BigInt), dims)
}
