/**
 * Writes to the history that the disk has refused: they are made in their order when it does not any more. A write that
 * can never be made is told and let go.
 */
import { mayPass } from './history.ts'

export class OwedWrites {
  readonly #refused: (error: unknown) => void
  #owed: (() => void)[] = []

  /** @param refused is told each error. */
  constructor(refused: (error: unknown) => void) {
    this.#refused = refused
  }

  get count(): number {
    return this.#owed.length
  }

  /** Now, or as soon as it can be made. */
  make(write: () => void): void {
    this.#owed.push(write)
    this.retry()
  }

  retry(): void {
    for (let next = this.#owed[0]; next !== undefined; next = this.#owed[0]) {
      try {
        next()
      } catch (error) {
        this.#refused(error)
        if (mayPass(error)) return
      }
      this.#owed.shift()
    }
  }
}
