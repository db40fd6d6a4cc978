/** Archives, written byte for byte: what a packer would write, and what only somebody who means harm does. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface Packed {
  readonly name: string
  readonly bytes: Uint8Array
  /** Of tar: 0 a file, 2 a link, 5 a folder. */
  readonly type?: string
  /** What the header says instead of the truth. */
  readonly size?: number
}

const BLOCK = 512

export function tarOf(files: readonly Packed[]): Buffer {
  const parts = files.flatMap((file) => {
    const padding = Buffer.alloc((BLOCK - (file.bytes.length % BLOCK)) % BLOCK)
    return [...longName(file.name), tarHeader(file), file.bytes, padding]
  })
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)])
}

function longName(name: string): Uint8Array[] {
  if (name.length <= 100) return []
  const bytes = Buffer.from(`${name}\0`)
  return [
    tarHeader({ name: '././@LongLink', bytes, type: 'L' }),
    bytes,
    Buffer.alloc(BLOCK - (bytes.length % BLOCK)),
  ]
}

function tarHeader({ name, bytes, type = '0', size = bytes.length }: Packed): Buffer {
  const header = Buffer.alloc(BLOCK)
  header.write(name.slice(0, 100), 0)
  header.write('0000644\0', 100)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write('        ', 148)
  header.write(type, 156)
  header.write('ustar\0', 257)
  const sum = header.reduce((all, byte) => all + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

export function zipOf(files: readonly Packed[]): Buffer {
  const bodies: Buffer[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const { name, bytes, size = bytes.length } of files) {
    const packed = deflateRawSync(bytes)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(8, 4)
    facts.writeUInt32LE(crc32(bytes), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(size, 18)
    facts.writeUInt16LE(name.length, 22)
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), facts, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, tail, Buffer.from(name)]))
    bodies.push(body)
    offset += body.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, directory, Buffer.from('PK\x05\x06'), end])
}
