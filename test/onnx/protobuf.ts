/** Just enough of the protobuf wire format to write messages: protobuf.dev/programming-guides/encoding. */

const VARINT = 0
const LENGTH_DELIMITED = 2
const FIXED_32 = 5

/** Fields one after another: what a message is. */
export function message(...fields: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(fields.reduce((length, field) => length + field.length, 0))
  let end = 0
  for (const field of fields) {
    joined.set(field, end)
    end += field.length
  }
  return joined
}

/** Signed numbers go out as two's complement of 64 bits. */
export function varintField(number: number, value: number | bigint): Uint8Array {
  return message(tag(number, VARINT), varint(value))
}

export function bytesField(number: number, bytes: Uint8Array): Uint8Array {
  return message(tag(number, LENGTH_DELIMITED), varint(bytes.length), bytes)
}

export function stringField(number: number, text: string): Uint8Array {
  return bytesField(number, new TextEncoder().encode(text))
}

export function floatField(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value, true)
  return message(tag(number, FIXED_32), bytes)
}

function tag(number: number, wireType: number): Uint8Array {
  return varint((number << 3) | wireType)
}

function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}
