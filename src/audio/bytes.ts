/** Looking into bytes that describe audio. */

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** `length` bytes as text, one character a byte; shorter where the bytes end. */
export function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}

/** Position of `text` (one character a byte) at or after `from`; -1 where it does not occur. */
export function findText(bytes: Uint8Array, text: string, from = 0): number {
  return bufferOf(bytes).indexOf(text, from, 'latin1')
}

/** Position of the last `text`, or -1. */
export function findLastText(bytes: Uint8Array, text: string): number {
  return bufferOf(bytes).lastIndexOf(text, undefined, 'latin1')
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
