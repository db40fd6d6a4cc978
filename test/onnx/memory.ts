/** States of streaming toys: really carried, each with its own share in what the model answers. */
import type { RandomWeights } from './random.ts'
import {
  attribute,
  node,
  tensor,
  value,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './writer.ts'

export interface StateShape {
  readonly name: string
  readonly type: 'float' | 'int64'
  readonly dims: readonly number[]
  /** The axis that exporters leave open. */
  readonly batch: number
}

interface Memory {
  readonly nodes: readonly NodeProto[]
  readonly initializers: readonly TensorProto[]
  readonly inputs: readonly ValueInfoProto[]
  readonly outputs: readonly ValueInfoProto[]
}

/**
 * Every float state is mixed with the mean of the window, every counter grows by one; the scalar `memory` is the sum
 * of their means, each with a weight of its own, so that two that change places show.
 */
export function memoryOf(
  states: readonly StateShape[],
  window: string,
  nextName: (name: string) => string,
  random: RandomWeights,
): Memory {
  const opened = (name: string, { type, dims, batch }: StateShape): ValueInfoProto =>
    value(
      name,
      type,
      dims.map((dim, axis) => (axis === batch ? 'N' : dim)),
    )
  return {
    nodes: [
      node('ReduceMean', [window], ['loudness'], { keepdims: attribute.int(0) }),
      ...states.flatMap((state, index) => carried(state, index, nextName(state.name))),
      node(
        'Sum',
        states.map((_, index) => `mean_${index}`),
        ['memory'],
      ),
    ],
    initializers: states.flatMap(({ type }, index) => [
      tensor(`keep_${index}`, 'float', [], [0.5 + 0.4 * random.next()]),
      tensor(`gain_${index}`, 'float', [], [random.next()]),
      ...(type === 'int64' ? [tensor(`one_${index}`, 'int64', [], [1])] : []),
    ]),
    inputs: states.map((state) => opened(state.name, state)),
    outputs: states.map((state) => opened(nextName(state.name), state)),
  }
}

function carried({ name, type }: StateShape, index: number, next: string): NodeProto[] {
  const mean = { keepdims: attribute.int(0) }
  const heard =
    type === 'int64'
      ? [
          node('Add', [name, `one_${index}`], [next]),
          node('Cast', [name], [`float_${index}`], { to: attribute.int(1) }),
          node('Sin', [`float_${index}`], [`wave_${index}`]),
          node('ReduceMean', [`wave_${index}`], [`plain_${index}`], mean),
        ]
      : [
          node('Mul', [name, `keep_${index}`], [`kept_${index}`]),
          node('Add', [`kept_${index}`, 'loudness'], [next]),
          node('ReduceMean', [name], [`plain_${index}`], mean),
        ]
  return [...heard, node('Mul', [`plain_${index}`, `gain_${index}`], [`mean_${index}`])]
}
