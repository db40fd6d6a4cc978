/**
 * Reads n-gram models in the ARPA format (the ngram-format manual of SRILM), plain or gzipped, line by line: besides
 * the model itself it holds one piece of the file at a time.
 */
import { createReadStream } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { StenoError, textOf } from '../../shared/errors.ts'
import { ArpaParser } from './arpa-parser.ts'
import type { NgramParts } from './ngram.ts'

/** Characters. Without this bound a file that is no text would be taken in as one line. */
const LINE_AT_MOST = 65_536

/**
 * @param file text, or gzipped text if its name ends in `.gz`.
 * @throws StenoError `model-missing`, `file-unreadable`, or `model-corrupt`, with the line, for a broken or incomplete
 *   model; the signal's reason.
 */
export async function readArpa(file: string, signal?: AbortSignal): Promise<NgramParts> {
  const parser = new ArpaParser()
  const parse = async (pieces: AsyncIterable<Buffer>): Promise<void> => {
    const decoder = new StringDecoder('utf8')
    let rest = ''
    for await (const piece of pieces) {
      const lines = (rest + decoder.write(piece)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) parser.line(line)
      if (rest.length > LINE_AT_MOST) throw new Error('the next line has no end')
    }
    parser.line(rest + decoder.end())
  }
  const source = createReadStream(file)
  try {
    if (file.endsWith('.gz')) await pipeline(source, createGunzip(), parse, { signal })
    else await pipeline(source, parse, { signal })
    return parser.finish()
  } catch (error) {
    signal?.throwIfAborted()
    throw explain(error, file, parser.lines)
  }
}

function explain(error: unknown, file: string, line: number): StenoError {
  const facts = { file, cause: error, hint: 'Fetch the language model again.' }
  if (error instanceof Error && 'syscall' in error) {
    return 'code' in error && error.code === 'ENOENT'
      ? new StenoError('model-missing', `There is no language model: ${file}`, facts)
      : new StenoError('file-unreadable', `The language model cannot be read: ${file}`, facts)
  }
  const where = `at line ${line} (${textOf(error)})`
  return new StenoError('model-corrupt', `The language model is damaged ${where}: ${file}`, facts)
}
