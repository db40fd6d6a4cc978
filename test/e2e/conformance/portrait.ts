/**
 * A canonical description of a value: two values look the same exactly when structured cloning should not tell them
 * apart. Its source text is run in every world, so it uses nothing from outside.
 */
export function portrait(value: unknown): string {
  const seen = new Map<object, number>()

  const draw = (part: unknown): string => {
    if (typeof part === 'string') return JSON.stringify(part)
    if (typeof part === 'bigint') return `${part}n`
    if (Object.is(part, -0)) return '-0'
    if (typeof part !== 'object' || part === null) return String(part)
    const known = seen.get(part)
    if (known !== undefined) return `again #${known}`
    seen.set(part, seen.size)
    return drawBytes(part) ?? drawBuiltIn(part) ?? drawOwn(part)
  }

  const drawBytes = (part: object): string | undefined => {
    if (part instanceof ArrayBuffer) return `ArrayBuffer(${[...new Uint8Array(part)].join()})`
    if (!ArrayBuffer.isView(part)) return undefined
    const kind = Object.prototype.toString.call(part)
    return `${kind}(${[...new Uint8Array(part.buffer, part.byteOffset, part.byteLength)].join()})`
  }

  const drawBuiltIn = (part: object): string | undefined => {
    if (part instanceof Map) return `Map(${[...part].map(draw).join()})`
    if (part instanceof Set) return `Set(${[...part].map(draw).join()})`
    if (part instanceof Date) return `Date(${part.getTime()})`
    if (part instanceof RegExp) return String(part)
    if (part instanceof Error) return `${part.name}(${part.message})`
    return undefined
  }

  const drawOwn = (part: object): string => {
    if (Array.isArray(part)) return `[${part.map(draw).join()}]`
    const own = Object.entries(part).map(([key, entry]) => `${key}: ${draw(entry)}`)
    const isPlain = Object.getPrototypeOf(part) === Object.prototype
    return `${isPlain ? '' : 'special '}{${own.join()}}`
  }

  return draw(value)
}
