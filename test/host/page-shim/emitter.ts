/** As much of Node's EventEmitter as a sandboxed preload gets from ipcRenderer. */

type Listener = (...args: unknown[]) => void

export class Emitter {
  readonly #listeners = new Map<string, { readonly listener: Listener; readonly once: boolean }[]>()

  on(event: string, listener: Listener): this {
    return this.#add(event, listener, false)
  }

  once(event: string, listener: Listener): this {
    return this.#add(event, listener, true)
  }

  addListener(event: string, listener: Listener): this {
    return this.on(event, listener)
  }

  off(event: string, listener: Listener): this {
    const entries = this.#listeners.get(event) ?? []
    const at = entries.findLastIndex((entry) => entry.listener === listener)
    if (at >= 0) this.#listeners.set(event, entries.toSpliced(at, 1))
    return this
  }

  removeListener(event: string, listener: Listener): this {
    return this.off(event, listener)
  }

  removeAllListeners(event?: string): this {
    if (event === undefined) this.#listeners.clear()
    else this.#listeners.delete(event)
    return this
  }

  listenerCount(event: string): number {
    return this.#listeners.get(event)?.length ?? 0
  }

  emit(event: string, ...args: unknown[]): boolean {
    const entries = this.#listeners.get(event) ?? []
    for (const { listener, once } of entries) {
      if (once) this.off(event, listener)
      Reflect.apply(listener, this, args)
    }
    return entries.length > 0
  }

  #add(event: string, listener: Listener, once: boolean): this {
    if (typeof listener !== 'function') throw new TypeError('The listener must be a function')
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), { listener, once }])
    return this
  }
}
