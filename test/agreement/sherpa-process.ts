/**
 * sherpa-onnx in a process of its own. Reads a job from its first argument (a file), writes the pieces of every clip
 * to its standard output.
 */
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { openSherpa } from './sherpa-recogniser.ts'
import type { SherpaJob } from './sherpa.ts'

const job = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as SherpaJob
const recognise = openSherpa(job.streaming, job.config, job.language)
const results = job.clips.map((file) => {
  const bytes = readFileSync(file)
  return recognise(new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)))
})
process.stdout.write(`\n${JSON.stringify(results)}\n`)
