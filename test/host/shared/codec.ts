/**
 * Values as text, for wires that carry strings only (CDP bindings, line pipes). Keeps what Electron's serialiser keeps
 * and refuses what it refuses: the engine's own structuredClone goes first (class instances become plain, getters are
 * read; functions, symbols, proxies, promises, DOM nodes are refused), then the platform objects go that structuredClone
 * takes and Electron does not (Blob, SharedArrayBuffer, ...). Runs in Node and in pages.
 */
import { fromBase64, toBase64 } from './base64.ts'

const ERRORS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }
const BOXES = [Boolean, Number, String, BigInt]
const VIEWS = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
}
type ErrorName = keyof typeof ERRORS
type ViewName = keyof typeof VIEWS

/** A primitive, or `{ at }`: the object in the record of that index, or `{ odd }`: a primitive JSON does not have. */
type Slot = null | boolean | number | string | { readonly at: number } | { readonly odd: string }
type Entries = readonly (readonly [string, Slot])[]

/** One object. The message is the array of all its objects; the first one is `{ is: 'list' }` of the value itself. */
type ObjectRecord =
  | { readonly is: 'list' | 'set'; readonly items: readonly Slot[] }
  | { readonly is: 'sparse'; readonly length: number; readonly entries: Entries }
  | { readonly is: 'object'; readonly entries: Entries }
  | { readonly is: 'map'; readonly pairs: readonly (readonly [Slot, Slot])[] }
  | { readonly is: 'date' | 'box'; readonly value: Slot }
  | { readonly is: 'regexp'; readonly source: string; readonly flags: string }
  | { readonly is: 'error'; readonly name: ErrorName; readonly entries: Entries }
  | { readonly is: 'buffer'; readonly bytes: string }
  /**
   * Only the bytes in view travel; the far side sees them in a buffer of the full size, as in Electron, but each view
   * in one of its own.
   */
  | {
      readonly is: 'view'
      readonly name: ViewName
      readonly bytes: string
      readonly from: number
      readonly bufferLength: number
    }

/** The text of `value`; throws Electron's `Error: An object could not be cloned.` */
export function encode(value: unknown): string {
  const records: ObjectRecord[] = []
  const found: object[] = []
  const indexOf = new Map<object, number>()
  const slot = (part: unknown): Slot => {
    if (typeof part !== 'object' || part === null) return primitiveSlot(part)
    let at = indexOf.get(part)
    if (at === undefined) {
      at = found.push(part) - 1
      indexOf.set(part, at)
    }
    return { at }
  }
  try {
    found.push([structuredClone(value)])
  } catch {
    throw notCloneable()
  }
  // A work list instead of recursion: cycles come free and depth costs no stack.
  for (const object of found) records.push(recordOf(object, slot))
  return JSON.stringify(records)
}

/** The value that was encoded; only for text made by `encode`. */
export function decode(text: string): unknown {
  const records = JSON.parse(text) as readonly ObjectRecord[]
  const shells: Shell[] = []
  const value: ValueOf = (slot) => {
    if (typeof slot !== 'object' || slot === null) return slot
    return 'at' in slot ? shells[slot.at]?.object : oddValue(slot.odd)
  }
  for (const record of records) shells.push(shellOf(record, value))
  for (const shell of shells) shell.fill?.()
  const root = shells[0]?.object
  return Array.isArray(root) ? root[0] : undefined
}

function notCloneable(): Error {
  return new Error('An object could not be cloned.')
}

function primitiveSlot(part: unknown): Slot {
  if (typeof part === 'number') {
    return Number.isFinite(part) && !Object.is(part, -0)
      ? part
      : { odd: Object.is(part, -0) ? '-0' : String(part) }
  }
  if (part === null || typeof part === 'boolean' || typeof part === 'string') return part
  if (typeof part === 'bigint') return { odd: `${String(part)}n` }
  if (part === undefined) return { odd: 'undefined' }
  throw notCloneable()
}

function oddValue(odd: string): unknown {
  if (odd === 'undefined') return undefined
  return odd.endsWith('n') ? BigInt(odd.slice(0, -1)) : Number(odd)
}

function recordOf(object: object, slot: (part: unknown) => Slot): ObjectRecord {
  if (Array.isArray(object)) return arrayRecord(object, slot)
  if (object instanceof Map) return mapRecord(object, slot)
  if (object instanceof Set) return { is: 'set', items: [...object].map(slot) }
  if (object instanceof Date) return { is: 'date', value: slot(object.getTime()) }
  if (object instanceof RegExp) return { is: 'regexp', source: object.source, flags: object.flags }
  if (object instanceof Error) return errorRecord(object, slot)
  if (object instanceof ArrayBuffer) return { is: 'buffer', bytes: toBase64(new Uint8Array(object)) }
  if (ArrayBuffer.isView(object)) return viewRecord(object)
  if (BOXES.some((Box) => object instanceof Box)) return { is: 'box', value: slot(object.valueOf()) }
  if (Object.getPrototypeOf(object) !== Object.prototype) throw notCloneable()
  return { is: 'object', entries: entriesOf(object, slot) }
}

function mapRecord(map: ReadonlyMap<unknown, unknown>, slot: (part: unknown) => Slot): ObjectRecord {
  return { is: 'map', pairs: [...map].map(([key, item]) => [slot(key), slot(item)]) }
}

function entriesOf(object: object, slot: (part: unknown) => Slot): Entries {
  return Object.entries(object).map(([key, part]) => [key, slot(part)])
}

function arrayRecord(array: readonly unknown[], slot: (part: unknown) => Slot): ObjectRecord {
  const keys = Object.keys(array)
  const dense =
    keys.length === array.length && (array.length === 0 || keys.at(-1) === String(array.length - 1))
  if (dense) return { is: 'list', items: array.map(slot) }
  return { is: 'sparse', length: array.length, entries: entriesOf(array, slot) }
}

function errorRecord(error: Error, slot: (part: unknown) => Slot): ObjectRecord {
  if (!(error.name in ERRORS) || error.constructor !== ERRORS[error.name as ErrorName]) throw notCloneable()
  const kept = ['message', 'stack', 'cause'].filter((key) => Object.hasOwn(error, key))
  return {
    is: 'error',
    name: error.name as ErrorName,
    entries: kept.map((key) => [key, slot(Reflect.get(error, key))]),
  }
}

function viewRecord(view: ArrayBufferView): ObjectRecord {
  const name = Object.prototype.toString.call(view).slice(8, -1)
  if (!(name in VIEWS) || !(view.buffer instanceof ArrayBuffer)) throw notCloneable()
  return {
    is: 'view',
    name: name as ViewName,
    bytes: toBase64(new Uint8Array(view.buffer, view.byteOffset, view.byteLength)),
    from: view.byteOffset,
    bufferLength: view.buffer.byteLength,
  }
}

interface Shell {
  readonly object: object
  /** Puts in the parts that may be other objects, once all of those exist. */
  fill?(): void
}
type ValueOf = (slot: Slot) => unknown

function shellOf(record: ObjectRecord, value: ValueOf): Shell {
  switch (record.is) {
    case 'list':
      return listShell(record.items, value)
    case 'set':
      return setShell(record.items, value)
    case 'map':
      return mapShell(record.pairs, value)
    case 'sparse':
      return entriesShell(new Array(record.length), record.entries, value)
    case 'object':
      return entriesShell({}, record.entries, value)
    case 'error':
      return entriesShell(new ERRORS[record.name](), record.entries, value, false)
    case 'date':
      return { object: new Date(Number(value(record.value))) }
    case 'box':
      return { object: Object(value(record.value)) as object }
    case 'regexp':
      return { object: new RegExp(record.source, record.flags) }
    case 'buffer':
      return { object: fromBase64(record.bytes).buffer }
    case 'view':
      return { object: viewOf(record) }
  }
}

function listShell(items: readonly Slot[], value: ValueOf): Shell {
  const object: unknown[] = []
  return {
    object,
    fill() {
      for (const item of items) object.push(value(item))
    },
  }
}

function setShell(items: readonly Slot[], value: ValueOf): Shell {
  const object = new Set<unknown>()
  return {
    object,
    fill() {
      for (const item of items) object.add(value(item))
    },
  }
}

function mapShell(pairs: readonly (readonly [Slot, Slot])[], value: ValueOf): Shell {
  const object = new Map<unknown, unknown>()
  return {
    object,
    fill() {
      for (const [key, item] of pairs) object.set(value(key), value(item))
    },
  }
}

function entriesShell(object: object, entries: Entries, value: ValueOf, enumerable = true): Shell {
  return {
    object,
    fill() {
      for (const [key, part] of entries) {
        // Defined and not assigned: a key may be `__proto__`.
        Object.defineProperty(object, key, {
          value: value(part),
          writable: true,
          configurable: true,
          enumerable,
        })
      }
    },
  }
}

function viewOf(record: ObjectRecord & { readonly is: 'view' }): ArrayBufferView {
  const bytes = fromBase64(record.bytes)
  const buffer = new ArrayBuffer(record.bufferLength)
  new Uint8Array(buffer, record.from, bytes.length).set(bytes)
  if (record.name === 'DataView') return new DataView(buffer, record.from, bytes.length)
  const View = VIEWS[record.name]
  return new View(buffer, record.from, bytes.length / View.BYTES_PER_ELEMENT)
}
