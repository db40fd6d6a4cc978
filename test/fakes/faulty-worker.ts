/**
 * A transcription process with the counting engine in it, that misbehaves as its model "folder" says:
 * `well`, or `FAULT` / `FAULT@MARKER` with FAULT one of those below; with a marker file it misbehaves only once.
 */
import { existsSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { parentChannel } from '../../src/process/parent-channel.ts'
import type { FromWorker, ModelRequest, ToWorker } from '../../src/shared/worker-frames.ts'
import { serve, type Engine } from '../../src/worker/serve.ts'
import { ownUsage } from '../../src/worker/usage.ts'
import { countingEngine, SEGMENT } from './fake-engine.ts'

type Fault = () => unknown

const FAULTS: Readonly<Record<string, Fault>> = {
  'exit-7': () => process.exit(7),
  segfault: () => process.kill(process.pid, 'SIGSEGV'),
  'busy-loop': () => {
    for (;;);
  },
  'out-of-memory': () => {
    const hoard: number[][] = []
    for (;;) hoard.push(Array.from({ length: 1e6 }, (_, index) => index / 3))
  },
  'never-answers': () => new Promise(() => undefined),
}

function load({ folder }: ModelRequest): Promise<Engine> {
  const [name = '', marker] = folder.split('@')
  const spent = marker !== undefined && existsSync(marker)
  const act = async (): Promise<void> => {
    if (spent) return
    if (marker !== undefined) writeFileSync(marker, '')
    await FAULTS[name.replace('load:', '')]?.()
  }
  if (name.startsWith('load:')) {
    process.stderr.write('the faulty worker is loading\n')
    return act().then(() => countingEngine())
  }
  return Promise.resolve(countingEngine({ beforeDecode: (first) => (first === SEGMENT ? act() : undefined) }))
}

serve({
  ...parentChannel<ToWorker, FromWorker>(),
  usage: ownUsage,
  now: () => 0,
  complain: (text) => void process.stderr.write(text),
  load,
})
