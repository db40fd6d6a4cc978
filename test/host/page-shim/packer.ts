/** Takes values apart for the way between two worlds and builds them anew on the other side, as Electron's bridge does. */

export type Callable = (...args: unknown[]) => unknown

export type Packed =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'array'; readonly items: Packed[] }
  | { readonly kind: 'object'; readonly entries: Map<string, Packed> }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'function' | 'promise'; readonly id: number }

/** How the other world is reached when a function is called or a promise settles. */
export interface Remote {
  call(id: number, args: readonly unknown[]): unknown
  settle(id: number, fulfilled: boolean, value: unknown): void
}

/** Electron's limit and Electron's words. */
const MAX_DEPTH = 1000
const TOO_DEEP =
  'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.'
const NOT_CLONEABLE = 'An object could not be cloned.'

const NOTHING: Packed = { kind: 'value', value: undefined }

export class Packer {
  readonly #remote: Remote
  /** Functions of this world that the other one can call. */
  readonly #callables = new Map<number, Callable>()
  readonly #ids = new WeakMap<Callable, number>()
  /** Stand-ins here for functions of the other world, so that the same function stays the same. */
  readonly #standIns = new Map<number, Callable>()
  readonly #promises = new Map<number, PromiseWithResolvers<unknown>>()
  #lastId = 0

  constructor(remote: Remote) {
    this.#remote = remote
  }

  pack(value: unknown, seen = new Map<object, Packed>(), depth = 0): Packed {
    if (depth >= MAX_DEPTH) throw new TypeError(TOO_DEEP)
    if (typeof value === 'function') return { kind: 'function', id: this.#idOf(value as Callable) }
    // Symbols belong to one world.
    if (typeof value === 'symbol') return NOTHING
    if (typeof value !== 'object' || value === null) return { kind: 'value', value }
    return seen.get(value) ?? this.#packObject(value, seen, depth + 1)
  }

  unpack(packed: Packed, frozen = false, seen = new Map<Packed, unknown>()): unknown {
    switch (packed.kind) {
      case 'value':
        return packed.value
      case 'error':
        return new Error(packed.message)
      case 'function':
        return this.#standInFor(packed.id, frozen)
      case 'promise':
        return this.#promiseFor(packed.id)
      case 'array':
      case 'object':
        return seen.get(packed) ?? this.#unpackParts(packed, frozen, seen)
    }
  }

  callable(id: number): Callable {
    const callable = this.#callables.get(id)
    if (callable === undefined) throw new Error('The function is gone')
    return callable
  }

  settle(id: number, fulfilled: boolean, value: Packed): void {
    const promise = this.#promises.get(id)
    this.#promises.delete(id)
    if (fulfilled) promise?.resolve(this.unpack(value))
    else promise?.reject(this.unpack(value))
  }

  #packObject(value: object, seen: Map<object, Packed>, depth: number): Packed {
    if (value instanceof Promise) return this.#packPromise(value)
    if (value instanceof Error) return { kind: 'error', message: value.message }
    if (Array.isArray(value)) {
      const packed: Packed = { kind: 'array', items: [] }
      seen.set(value, packed)
      for (const item of value) packed.items.push(this.pack(item, seen, depth))
      return packed
    }
    if (Object.prototype.toString.call(value) !== '[object Object]') return packCloneable(value)
    const packed: Packed = { kind: 'object', entries: new Map() }
    seen.set(value, packed)
    for (const [key, item] of Object.entries(value)) packed.entries.set(key, this.pack(item, seen, depth))
    return packed
  }

  #unpackParts(
    packed: Extract<Packed, { kind: 'array' | 'object' }>,
    frozen: boolean,
    seen: Map<Packed, unknown>,
  ): unknown {
    const whole: Record<string, unknown> | unknown[] = packed.kind === 'array' ? [] : {}
    seen.set(packed, whole)
    const parts = packed.kind === 'array' ? packed.items.entries() : packed.entries
    for (const [key, part] of parts) Reflect.set(whole, key, this.unpack(part, frozen, seen))
    return frozen ? Object.freeze(whole) : whole
  }

  #idOf(callable: Callable): number {
    const id = this.#ids.get(callable) ?? ++this.#lastId
    this.#ids.set(callable, id)
    this.#callables.set(id, callable)
    return id
  }

  #packPromise(promise: Promise<unknown>): Packed {
    const id = ++this.#lastId
    promise.then(
      (value) => {
        this.#remote.settle(id, true, value)
      },
      (reason: unknown) => {
        this.#remote.settle(id, false, reason)
      },
    )
    return { kind: 'promise', id }
  }

  #standInFor(id: number, frozen: boolean): Callable {
    const standIn = this.#standIns.get(id) ?? ((...args) => this.#remote.call(id, args))
    this.#standIns.set(id, standIn)
    return frozen ? Object.freeze(standIn) : standIn
  }

  #promiseFor(id: number): Promise<unknown> {
    const promise = Promise.withResolvers<unknown>()
    this.#promises.set(id, promise)
    return promise.promise
  }
}

/** Chromium clones it on the way; what cannot be cloned would silently become null there. */
function packCloneable(value: object): Packed {
  // Bytes always can, and copying them just to see would double the work on audio.
  if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer)) {
    try {
      structuredClone(value)
    } catch {
      throw new Error(NOT_CLONEABLE)
    }
  }
  return { kind: 'value', value }
}
