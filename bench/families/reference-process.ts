/** A reference implementation in a process of its own, as Steno's worker is one: loads once, decodes when asked. */
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { samplesOf, secondsOf, type Pcm } from '../../src/shared/audio.ts'
import { openSherpa, openSherpaStreams, type Listening } from '../../test/agreement/sherpa-recogniser.ts'
import { sherpaConfig, streams } from '../../test/agreement/sherpa.ts'
import { openReference } from '../../test/agreement/transformers.ts'
import type { Decoded, ReferenceJob, ReferenceRequest } from './reference.ts'

const CHUNK = samplesOf(0.1)

interface Reading {
  readonly tokens: number
  readonly waitSeconds: number
  readonly listened: boolean
}
type Read = (pcm: Pcm) => Promise<Reading>

const job = JSON.parse(process.argv[2] ?? '{}') as ReferenceJob
const bytes = readFileSync(job.clip)
const pcm = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
const ways = await open(job)

process.on('message', (request: ReferenceRequest) => {
  void answer(ways[request])
})
process.send?.('ready')

async function answer(read: Read): Promise<void> {
  const used = process.cpuUsage()
  const reading = await read(pcm)
  const { user, system } = process.cpuUsage(used)
  const decoded: Decoded = {
    ...reading,
    cpuSeconds: (user + system) / 1e6,
    megabytes: process.memoryUsage.rss() / 2 ** 20,
  }
  process.send?.(decoded)
}

async function open({ folder, model }: ReferenceJob): Promise<Readonly<Record<ReferenceRequest, Read>>> {
  if (model.kind === 'transformers') {
    const reference = await openReference(folder, model.precision === 'int8' ? 'q8' : 'fp32')
    const whole = timed(async (samples) => (await reference.generate(samples, model.options)).length)
    return { decode: whole, listen: whole }
  }
  const config = sherpaConfig(folder, model, model.bands)
  const streaming = streams(model)
  const recognise = openSherpa(streaming, config)
  const whole = timed((samples) => Promise.resolve(recognise(samples).length))
  if (!streaming) return { decode: whole, listen: whole }
  const begin = openSherpaStreams(config)
  return { decode: whole, listen: (samples) => inRealTime(begin(), samples) }
}

function timed(read: (pcm: Pcm) => Promise<number>): Read {
  return async (samples) => {
    const begun = performance.now()
    const tokens = await read(samples)
    return { tokens, waitSeconds: (performance.now() - begun) / 1000, listened: false }
  }
}

/** The silence that the model needs behind the speech comes at once. */
async function inRealTime(listening: Listening, samples: Pcm): Promise<Reading> {
  const spoken = samples.length - samplesOf(job.tailSeconds ?? 0)
  const begun = performance.now()
  for (let from = 0; from < spoken; from += CHUNK) {
    const to = Math.min(spoken, from + CHUNK)
    const early = begun + 1000 * secondsOf(to) - performance.now()
    if (early > 0) await sleep(early)
    if (to === spoken) break
    listening.push(samples.subarray(from, to))
  }
  const last = performance.now()
  listening.push(samples.subarray(spoken - ((spoken - 1) % CHUNK) - 1))
  const tokens = listening.finish().length
  return { tokens, waitSeconds: (performance.now() - last) / 1000, listened: true }
}
