/**
 * What is put away when Steno ends, in five acts. Each part of the app registers its disposal with the act it belongs
 * to, on the line after it was made; within an act the last one made goes first.
 */
import type { Act } from '../shared/acts.ts'

const ACTS = [
  'stop capture',
  'close the message channels',
  'release the model',
  'delete temporary files',
  'end every child',
] as const

export class Shutdown {
  readonly #stacks = new Map(ACTS.map((name) => [name, new AsyncDisposableStack()]))

  /** Disposes `owned` during this act; returns it. */
  during<T extends Disposable | AsyncDisposable>(act: (typeof ACTS)[number], owned: T): T {
    return this.#stacks.get(act)?.use(owned) ?? owned
  }

  acts(): Act[] {
    return ACTS.map((name) => ({ name, run: () => this.#stacks.get(name)?.disposeAsync() }))
  }
}
