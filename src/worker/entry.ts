/**
 * The transcription process: binds its channel to `serve` and nothing else. The engine is loaded with the first
 * model: until then this process is up early and hears it when its parent is gone.
 */
import process from 'node:process'
import { parentChannel } from '../process/parent-channel.ts'
import { watchParent } from '../process/parent-watch.ts'
import { systemClock } from '../process/system-clock.ts'
import { TUNING } from '../shared/tuning.ts'
import type { FromWorker, ToWorker } from '../shared/worker-frames.ts'
import { serve } from './serve.ts'
import { ownUsage } from './usage.ts'

watchParent(Number(process.argv.at(-1)), TUNING.parentWatchMs)
serve({
  ...parentChannel<ToWorker, FromWorker>(),
  usage: ownUsage,
  now: () => systemClock.now(),
  complain: (text) => void process.stderr.write(`${text}\n`),
  load: async (request) => {
    const { Transcriber } = await import('../engine/transcriber.ts')
    return await Transcriber.load(request)
  },
})
