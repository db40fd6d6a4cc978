/** A reference implementation in a process of its own, as Steno's worker is one: loads once, decodes when asked. */
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { openSherpa } from '../../test/agreement/sherpa-recogniser.ts'
import { sherpaConfig, streams } from '../../test/agreement/sherpa.ts'
import { openReference } from '../../test/agreement/transformers.ts'
import type { Decoded, ReferenceJob } from './reference.ts'

const job = JSON.parse(process.argv[2] ?? '{}') as ReferenceJob
const bytes = readFileSync(job.clip)
const pcm = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
const decode = await open(job)

process.on('message', () => {
  void answer()
})
process.send?.('ready')

async function answer(): Promise<void> {
  const used = process.cpuUsage()
  const tokens = await decode(pcm)
  const { user, system } = process.cpuUsage(used)
  const decoded: Decoded = {
    cpuSeconds: (user + system) / 1e6,
    tokens,
    megabytes: process.memoryUsage.rss() / 2 ** 20,
  }
  process.send?.(decoded)
}

/** Gives the number of tokens said. */
async function open({ folder, model }: ReferenceJob): Promise<(pcm: Float32Array) => Promise<number>> {
  if (model.kind !== 'transformers') {
    const recognise = openSherpa(streams(model), sherpaConfig(folder, model, model.bands))
    return (samples) => Promise.resolve(recognise(samples).length)
  }
  const reference = await openReference(folder, model.precision === 'int8' ? 'q8' : 'fp32')
  return async (samples) => (await reference.generate(samples, model.options)).length
}
