import assert from 'node:assert/strict'
import { describe, expect, it } from 'vitest'
import { randomNumbers } from '../../chaos/random.ts'
import { decode, encode } from '../../host/shared/codec.ts'

const across = (value: unknown): unknown => decode(encode(value))

/** What V8 itself makes of a value is the truth that Electron's serialiser shares. */
function expectAsV8(value: unknown): void {
  const copy = across(value)
  assert.deepStrictEqual(copy, structuredClone(value))
}

describe('codec: primitives', () => {
  it.each([undefined, null, true, false, 0, -0, 1.5, NaN, Infinity, -Infinity, 2 ** 53, 5e-324, '', 'text'])(
    '%p comes back the same',
    (value) => {
      expect(Object.is(across(value), value)).toBe(true)
    },
  )

  it.each([0n, -7n, 2n ** 80n])('%p comes back the same', (value) => {
    expect(across(value)).toBe(value)
  })

  it('keeps every UTF-16 code unit, lone surrogates and line separators too', () => {
    const text = '\u0000\n"\\\u2028\ud83d\udc4b\ud800x\udfff'
    expect(across(text)).toBe(text)
    expect(encode('a\nb')).not.toContain('\n')
  })
})

describe('codec: objects', () => {
  it.each<[string, unknown]>([
    ['nested objects and arrays', { a: [1, { b: [] }, [[]]], c: {} }],
    ['undefined members', { a: undefined, b: [undefined, null] }],
    ['holes and named members of arrays', Object.assign(new Array(3), { 0: 1, 2: 3, name: 'x' })],
    ['trailing holes', new Array(3)],
    ['a hole beside a named member', Object.assign(new Array(2), { 0: 'a', name: 'x' })],
    ['dates, valid and not', [new Date(0), new Date(1e12), new Date(NaN)]],
    ['regular expressions', [/a\/b/giu, new RegExp('')]],
    ['maps and sets, with objects as keys', new Map<unknown, unknown>([[{ k: 1 }, new Set([[1], NaN, -0])]])],
    ['boxed primitives', [Object(1), Object('ab'), Object(false), Object(3n)]],
    ['errors', [new Error('plain'), new TypeError('typed', { cause: { code: 3 } }), new RangeError()]],
    ['an own key named __proto__', JSON.parse('{"__proto__": {"x": 1}}')],
    [
      'members named like methods of objects',
      { valueOf: 1, toString: null, constructor: 'c', hasOwnProperty: [] },
    ],
    ['number-like keys', { 2: 'b', 1: 'a', x: 'c' }],
    ['objects without a prototype', Object.assign(Object.create(null) as object, { a: 1 })],
    ['buffers of Node', Buffer.from('plain bytes')],
  ])('%s', (_, value) => {
    expectAsV8(value)
  })

  it('makes plain objects of class instances, with what getters of their own give', () => {
    class Point {
      readonly x = 1
      #hidden = 2
      get sum(): number {
        return this.x + this.#hidden
      }
    }
    expect(across(new Point())).toEqual({ x: 1 })
    expect(Object.getPrototypeOf(across(new Point()))).toBe(Object.prototype)
    const own = {
      get read() {
        return 'once'
      },
    }
    expect(across(own)).toEqual({ read: 'once' })
  })

  it('keeps of an error what V8 keeps: standard name, message, stack, cause', () => {
    class OwnError extends Error {
      override readonly name = 'OwnError'
      readonly code = 'own'
    }
    const error = new OwnError('went wrong')
    const copy = across(error) as Error
    expect(copy).toBeInstanceOf(Error)
    expect(copy.name).toBe('Error')
    expect(copy.message).toBe('went wrong')
    expect(copy.stack).toBe(error.stack)
    expect(copy).not.toHaveProperty('code')
    expect(Object.keys(copy)).toEqual([])
  })

  it('keeps cycles and identity', () => {
    interface Ring {
      self?: Ring
      map: Map<unknown, unknown>
      twice: unknown[]
    }
    const shared = { here: true }
    const ring: Ring = { map: new Map(), twice: [shared, shared] }
    ring.self = ring
    ring.map.set(ring, ring.map)
    const copy = across(ring) as Ring
    expect(copy).not.toBe(ring)
    expect(copy.self).toBe(copy)
    expect(copy.map.get(copy)).toBe(copy.map)
    expect(copy.twice[0]).toBe(copy.twice[1])
  })

  it.each([
    [300, true],
    [1_000_000, false],
  ])('takes a chain of %i links: %s, because the depth of V8 is the limit', (links, taken) => {
    let chain: { next: unknown } | null = null
    for (let i = 0; i < links; i++) chain = { next: chain }
    if (taken) expectAsV8(chain)
    else expect(() => encode(chain)).toThrow('An object could not be cloned.')
  })
})

describe('codec: bytes', () => {
  it.each([
    new Int8Array([-1, 0, 1]),
    new Uint8Array(0),
    new Uint8ClampedArray([255]),
    new Int16Array([-300, 300]),
    new Uint16Array([65_535]),
    new Int32Array([-(2 ** 31)]),
    new Uint32Array([2 ** 32 - 1]),
    new Float32Array([0.1, -0, NaN]),
    new Float64Array([Math.PI]),
    new BigInt64Array([-5n]),
    new BigUint64Array([2n ** 64n - 1n]),
    new DataView(new Uint8Array([1, 2, 3]).buffer, 1),
    new Uint8Array([9, 8, 7]).buffer,
  ])('%o', (bytes) => {
    expectAsV8(bytes)
  })

  it('sends only the bytes in view, in a buffer of the full size as Electron does', () => {
    const whole = new Float32Array(1_000_000).fill(1)
    const part = whole.subarray(500, 660)
    const text = encode(part)
    expect(text.length).toBeLessThan(1_200)
    const copy = decode(text) as Float32Array
    expect(copy).toEqual(part)
    expect(copy.byteOffset).toBe(part.byteOffset)
    expect(copy.buffer.byteLength).toBe(whole.buffer.byteLength)
  })

  it('copies: the sender may write on at once', () => {
    const bytes = new Uint8Array([1, 2, 3])
    const text = encode(bytes)
    bytes.fill(0)
    expect(decode(text)).toEqual(new Uint8Array([1, 2, 3]))
  })
})

describe('codec: what Electron refuses', () => {
  it.each<[string, unknown]>([
    ['a function', () => undefined],
    ['a symbol', Symbol('s')],
    ['a promise', Promise.resolve()],
    ['a WeakMap', new WeakMap()],
    ['a WeakRef', new WeakRef({})],
    ['a proxy', new Proxy({}, {})],
    ['an iterator', [1].values()],
    ['a Blob', new Blob(['x'])],
    ['a SharedArrayBuffer', new SharedArrayBuffer(8)],
    ['a view of shared memory', new Uint8Array(new SharedArrayBuffer(8))],
    ['a DOMException', new DOMException('stopped', 'AbortError')],
    ['a port', new MessageChannel().port1],
    ['a boxed symbol', Object(Symbol('s'))],
    [
      'a getter that throws',
      {
        get bad(): never {
          throw new Error('from the getter')
        },
      },
    ],
  ])('%s, alone and deep inside', (_, value) => {
    const refused = new Error('An object could not be cloned.')
    expect(() => encode(value)).toThrow(refused)
    expect(() => encode({ list: [new Map([['key', value]])] })).toThrow(refused)
  })
})

describe('codec: any value', () => {
  it('agrees with V8 on 500 random values', () => {
    for (let seed = 1; seed <= 500; seed++) expectAsV8(randomValue(randomNumbers(seed), 4))
  })
})

/** A value of random shape in which earlier objects may come up again, so that there are cycles. */
function randomValue(random: () => number, depth: number, seen: unknown[] = []): unknown {
  const upTo = (limit: number): number => Math.floor(random() * limit)
  const several = <T>(make: () => T): T[] => Array.from({ length: upTo(5) }, make)
  const inner = (): unknown => randomValue(random, depth - 1, seen)
  const leaves = [undefined, null, -0, NaN, random(), upTo(100), 'é\n"', 12n, new Date(5)]
  if (depth === 0 || random() < 0.2) return leaves[upTo(leaves.length)]
  if (seen.length > 0 && random() < 0.15) return seen[upTo(seen.length)]
  switch (upTo(5)) {
    case 0: {
      const list: unknown[] = []
      seen.push(list)
      list.push(...several(inner))
      return list
    }
    case 1: {
      const map = new Map<unknown, unknown>()
      seen.push(map)
      for (const [key, value] of several(() => [inner(), inner()])) map.set(key, value)
      return map
    }
    case 2:
      return new Set(several(inner))
    case 3:
      return new Float32Array(several(random)).subarray(upTo(2))
    default: {
      const object: Record<string, unknown> = {}
      seen.push(object)
      for (const key of several(() => `k${upTo(9)}`)) object[key] = inner()
      return object
    }
  }
}
