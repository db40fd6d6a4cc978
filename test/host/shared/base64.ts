/** Base64 (RFC 4648, padded) over byte tables: several times faster than `btoa`, and the same in Node and in pages. */
const LETTERS = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const PAD = 0x3d

const VALUES = new Uint8Array(128)
for (const [value, letter] of LETTERS.entries()) VALUES[letter] = value

export function toBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4)
  let to = 0
  for (let from = 0; from < bytes.length; from += 3) {
    const group = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0)
    for (let shift = 18; shift >= 0; shift -= 6) text[to++] = LETTERS[(group >> shift) & 63] ?? 0
  }
  const missing = (3 - (bytes.length % 3)) % 3
  return new TextDecoder().decode(text.fill(PAD, text.length - missing))
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let to = 0
  for (let from = 0; from < text.length; from += 4) {
    let group = 0
    for (let at = from; at < from + 4; at++) group = (group << 6) | (VALUES[text.charCodeAt(at)] ?? 0)
    // Writes past the end, which only padding causes, fall on the floor.
    for (let shift = 16; shift >= 0; shift -= 8) bytes[to++] = group >> shift
  }
  return bytes
}
