/**
 * Reads the `metadata_props` of an ONNX file, which onnxruntime-node does not show: k2 and sherpa-onnx keep chunk
 * sizes, normalisation and vocabulary sizes there. The graph is skipped by its length, so that a file of a gigabyte
 * costs a few reads. Field numbers are those of onnx.proto3; the wire format is protobuf's.
 */
import { open } from 'node:fs/promises'
import * as v from 'valibot'
import { StenoError, textOf } from '../../shared/errors.ts'
import { assertFile } from '../runtime.ts'

const METADATA_PROPS = 14
const KEY = 1
const VALUE = 2
const VARINT = 0
const FIXED_64 = 1
const LENGTH_DELIMITED = 2
const FIXED_32 = 5
/** Tag and length of a field: two varints of ten bytes at most. */
const HEADER_BYTES = 20
/** The longest published entry (SenseVoice's means) has some 8 kB; far more is a damaged length. */
const ENTRY_BYTES_AT_MOST = 2 ** 20

export interface ByteSource {
  readonly size: number
  /** As many bytes as are there, `length` at most. */
  read(at: number, length: number): Promise<Uint8Array>
}

/** Rejects with `model-missing`, or `model-corrupt` when the file is no ONNX file or is cut short. */
export async function readOnnxMetadata(file: string): Promise<OnnxMetadata> {
  await assertFile(file)
  await using handle = await open(file)
  const { size } = await handle.stat()
  const source: ByteSource = {
    size,
    read: async (at, length) => {
      const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, at)
      return buffer.subarray(0, bytesRead)
    },
  }
  try {
    return new OnnxMetadata(file, await parseOnnxMetadata(source))
  } catch (error) {
    throw new StenoError('model-corrupt', `The model file is damaged (${textOf(error)}): ${file}`, {
      file,
      hint: 'Fetch the model again.',
    })
  }
}

/** The entries of a ModelProto. Throws a plain Error that says what is wrong. */
export async function parseOnnxMetadata(source: ByteSource): Promise<Map<string, string>> {
  const entries = new Map<string, string>()
  let at = 0
  while (at < source.size) {
    const field = fieldAt(await source.read(at, HEADER_BYTES))
    const start = at + field.start
    at = start + field.length
    if (at > source.size) throw new Error('it is cut short')
    if (field.number !== METADATA_PROPS || field.wireType !== LENGTH_DELIMITED) continue
    if (field.length > ENTRY_BYTES_AT_MOST) throw new Error('a setting in it is too long')
    const entry = stringsOf(await source.read(start, field.length))
    entries.set(entry.get(KEY) ?? '', entry.get(VALUE) ?? '')
  }
  return entries
}

/** The entries, read as what they should be; a missing or malformed one is `model-corrupt`. */
export class OnnxMetadata {
  readonly #file: string
  readonly #entries: ReadonlyMap<string, string>

  constructor(file: string, entries: ReadonlyMap<string, string>) {
    this.#file = file
    this.#entries = entries
  }

  get(name: string): string | undefined {
    return this.#entries.get(name)
  }

  /** A whole number that is not negative. */
  integer(name: string): number {
    const text = this.#entries.get(name) ?? ''
    if (/^\d{1,9}$/.test(text)) return Number(text)
    throw this.#unfit(name, 'a whole number')
  }

  /** Whole numbers parted by commas; none where it is empty. */
  integers(name: string): number[] {
    const text = this.#entries.get(name)
    if (text === '') return []
    const numbers = (text ?? 'none').split(',').map(Number)
    if (numbers.every((number) => Number.isInteger(number) && number >= 0)) return numbers
    throw this.#unfit(name, 'a list of whole numbers')
  }

  /** Numbers parted by commas, `count` of them. */
  floats(name: string, count: number): Float32Array {
    const numbers = Float32Array.from((this.#entries.get(name) ?? '').split(','), Number)
    if (numbers.length === count && numbers.every(Number.isFinite)) return numbers
    throw this.#unfit(name, `a list of ${count} numbers`)
  }

  /** JSON that fits the schema. */
  json<Output>(name: string, schema: v.GenericSchema<unknown, Output>): Output {
    try {
      return v.parse(schema, JSON.parse(this.#entries.get(name) ?? ''))
    } catch {
      throw this.#unfit(name, 'what it should be')
    }
  }

  #unfit(name: string, wanted: string): StenoError {
    const found = this.#entries.has(name) ? `is not ${wanted}` : 'is missing'
    return new StenoError('model-corrupt', `The setting “${name}” inside the model ${found}: ${this.#file}`, {
      file: this.#file,
      hint: 'Fetch the model again, or choose another one.',
    })
  }
}

interface Field {
  readonly number: number
  readonly wireType: number
  /** Where its content begins, and how long that is. */
  readonly start: number
  readonly length: number
}

function fieldAt(bytes: Uint8Array): Field {
  const tag = varintAt(bytes, 0)
  const field = { number: Math.floor(tag.value / 8), wireType: tag.value % 8 }
  if (field.number === 0) throw new Error('it is no ONNX file')
  switch (field.wireType) {
    case VARINT:
      return { ...field, start: tag.end, length: varintAt(bytes, tag.end).end - tag.end }
    case FIXED_64:
      return { ...field, start: tag.end, length: 8 }
    case FIXED_32:
      return { ...field, start: tag.end, length: 4 }
    case LENGTH_DELIMITED: {
      const { value, end } = varintAt(bytes, tag.end)
      return { ...field, start: end, length: value }
    }
    default:
      throw new Error('it is no ONNX file')
  }
}

/** As a number: above 2 ** 53 it is inexact, and longer than any file. */
function varintAt(bytes: Uint8Array, from: number): { readonly value: number; readonly end: number } {
  let value = 0
  for (let at = from; at < from + 10; at++) {
    const byte = bytes[at]
    if (byte === undefined) throw new Error('it is cut short')
    value += (byte & 0x7f) * 2 ** (7 * (at - from))
    if (byte < 0x80) return { value, end: at + 1 }
  }
  throw new Error('it is no ONNX file')
}

/** The length-delimited fields of a small message, as text. */
function stringsOf(bytes: Uint8Array): Map<number, string> {
  const strings = new Map<number, string>()
  for (let at = 0; at < bytes.length;) {
    const { number, start, length, wireType } = fieldAt(bytes.subarray(at))
    const content = bytes.subarray(at + start, at + start + length)
    if (wireType === LENGTH_DELIMITED) strings.set(number, new TextDecoder().decode(content))
    at += start + length
  }
  return strings
}
