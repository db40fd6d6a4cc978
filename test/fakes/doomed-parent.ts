/**
 * A parent to be killed: gives its worker audio on which the model of the folder in argv[2] hangs, and prints the
 * worker's pid once that is deep in native code, which is when its processor time keeps growing.
 */
import process from 'node:process'
import { composeSupervisor } from '../../src/cli/compose.ts'
import { busyFor } from './proc.ts'
import { longSpeech } from './speech.ts'

const supervisor = composeSupervisor({ modelFolder: process.argv[2] ?? '', log: () => undefined, live: true })
await supervisor.start()
const pid = supervisor.health.pid ?? 0
const utterance = supervisor.open()
void utterance.write(await longSpeech())
void utterance.finish()
await busyFor(pid, 0.5)
process.stdout.write(`${pid}\n`)
