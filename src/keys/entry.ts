/** The key hook's process: binds its channel to `serveKeys` and nothing else. Its crash or freeze harms nobody. */
import process from 'node:process'
import { parentChannel } from '../process/parent-channel.ts'
import { watchParent } from '../process/parent-watch.ts'
import type { FromKeyHook, ToKeyHook } from '../shared/keys.ts'
import { TUNING } from '../shared/tuning.ts'
import { openHook } from './native-hook.ts'
import { serveKeys } from './serve.ts'

watchParent(Number(process.argv.at(-1)), TUNING.parentWatchMs)
serveKeys({ ...parentChannel<ToKeyHook, FromKeyHook>(), open: openHook })
