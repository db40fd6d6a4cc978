/** Keeps the host as strict as its contract: a member that nobody stood in for throws instead of being undefined. */
import { EventEmitter } from 'node:events'
import { EVENTS } from '../contract.ts'

export class NotInHost extends Error {
  override readonly name = 'NotInHost'

  constructor(path: string) {
    super(`NotInHost: electron.${path} is not in the test host's contract (test/host/contract.ts)`)
  }
}

/** Names that the language, Node or a debugger may look up on any object. */
const ANYBODYS = new Set([
  'then',
  'toJSON',
  'constructor',
  'inspect',
  'domain',
  'prototype',
  'module.exports',
])

/**
 * Puts a watchman behind `object` (an object, a class or its prototype): looking up what neither it nor its ancestors
 * have throws NotInHost. Own and private members are not slowed down, since only failed look-ups get that far.
 */
export function strict<T extends object>(object: T, name: string): T {
  const parent = Object.getPrototypeOf(object) as object
  const watchman = new Proxy(parent, {
    get(target, key, receiver): unknown {
      if (typeof key === 'symbol' || key in target || ANYBODYS.has(key)) {
        return Reflect.get(target, key, receiver)
      }
      throw new NotInHost(name === '' ? key : `${name}.${key}`)
    },
  })
  return Object.setPrototypeOf(object, watchman) as T
}

/** Events of every emitter; `events.once` listens to errors wherever it waits. */
const EMITTERS_OWN = new Set(['error', 'newListener', 'removeListener'])

type Listener = (...args: unknown[]) => void

/** An emitter that refuses listeners for events which the host never emits. */
export class StrictEmitter extends EventEmitter {
  readonly #name: string

  constructor(name: string) {
    super()
    this.#name = name
  }

  override on(event: string | symbol, listener: Listener): this {
    this.#refuseUnknown(event)
    return super.on(event, listener)
  }

  override addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener)
  }

  override prependListener(event: string | symbol, listener: Listener): this {
    this.#refuseUnknown(event)
    return super.prependListener(event, listener)
  }

  #refuseUnknown(event: string | symbol): void {
    if (typeof event === 'symbol' || EMITTERS_OWN.has(event)) return
    if (EVENTS[this.#name]?.includes(event) !== true) throw new NotInHost(`${this.#name}.on('${event}')`)
  }
}
