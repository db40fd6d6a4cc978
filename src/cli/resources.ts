/** Where the files lie that Steno ships with, and how much of this machine a worker may use. */
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { ModelRequest, Wishes } from '../shared/worker-frames.ts'

const root = resolve(import.meta.dirname, '../..')

export const STARTER_MODEL = join(root, 'resources/models/starter-en')
export const CATALOGUE = join(root, 'resources/models/catalogue.json')
export const SAMPLE_CLIP = join(root, 'resources/samples/speech.wav')
export const SAMPLE_TEXT = join(root, 'resources/samples/speech.txt')
export const WORKER_ENTRY = join(root, 'src/worker/entry.ts')

/** Silero's graph as @ricky0123/vad-web ships it. */
export function sileroPath(): string {
  const main = createRequire(import.meta.url).resolve('@ricky0123/vad-web')
  return join(dirname(main), 'silero_vad_v6.onnx')
}

/** One core stays free for capture and the screen; more than four threads bring small models nothing. */
export function modelRequest(
  folder: string,
  threads = Math.min(4, availableParallelism() - 1),
  wishes: Wishes = {},
): ModelRequest {
  return { folder: resolve(folder), vad: sileroPath(), threads: Math.max(1, threads), wishes }
}
