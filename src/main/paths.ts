/** Where the app's own files lie, in the working copy and in a package. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import workerEntry from '../worker/entry?modulePath'

export { workerEntry }

/** Folder of the built renderer. */
export const rendererFolder = join(import.meta.dirname, '../renderer')

export const preloadScript = join(import.meta.dirname, '../preload/index.cjs')

export function starterModel(): string {
  return join(app.getAppPath(), 'resources/models/starter-en')
}

/** Silero's graph as @ricky0123/vad-web ships it. */
export function sileroGraph(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@ricky0123/vad-web')), 'silero_vad_v6.onnx')
}
