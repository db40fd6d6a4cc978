/** The transcription process: binds its channel to `serve` and nothing else. */
import process from 'node:process'
import { Transcriber } from '../engine/transcriber.ts'
import { TUNING } from '../shared/tuning.ts'
import { parentChannel } from './parent-channel.ts'
import { watchParent } from './parent-watch.ts'
import { serve } from './serve.ts'

watchParent(process.ppid, TUNING.parentWatchMs)
serve({
  ...parentChannel(),
  load: (request) => Transcriber.load(request),
})
