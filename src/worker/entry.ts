/**
 * The transcription process: binds its channel to `serve` and nothing else. The engine is loaded with the first
 * model: until then this process is up early and hears it when its parent is gone.
 */
import process from 'node:process'
import { TUNING } from '../shared/tuning.ts'
import { parentChannel } from './parent-channel.ts'
import { watchParent } from './parent-watch.ts'
import { serve } from './serve.ts'

watchParent(Number(process.argv.at(-1)), TUNING.parentWatchMs)
serve({
  ...parentChannel(),
  load: async (request) => {
    const { Transcriber } = await import('../engine/transcriber.ts')
    return await Transcriber.load(request)
  },
})
