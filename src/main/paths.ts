/** Where the app's own files lie, in the working copy and in a package, and where the user's are kept. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { app } from 'electron'
import keysEntry from '../keys/entry?modulePath'
import workerEntry from '../worker/entry?modulePath'

export { keysEntry, workerEntry }

/** Folder of the built renderer. */
export const rendererFolder = join(import.meta.dirname, '../renderer')

export function preloadScript(name: string): string {
  return join(import.meta.dirname, '../preload', name)
}

export function starterModel(): string {
  return join(app.getAppPath(), 'resources/models/starter-en')
}

/** Another one for tests, and for who keeps a list of their own. */
export function catalogueFile(): string {
  return process.env['STENO_CATALOGUE'] ?? join(app.getAppPath(), 'resources/models/catalogue.json')
}

/** A PNG of resources/icons, with its `@2x` beside it. */
export function iconFile(name: string): string {
  return join(app.getAppPath(), 'resources/icons', `${name}.png`)
}

/** Silero's graph as @ricky0123/vad-web ships it. */
export function sileroGraph(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@ricky0123/vad-web')), 'silero_vad_v6.onnx')
}

export interface UserFiles {
  readonly settings: string
  /** Folder of sounds and their list. */
  readonly dictations: string
  readonly log: string
  /** Folder of models; the command line keeps the same. */
  readonly models: string
  /** What was asked of the network. */
  readonly requests: string
}

export function userFiles(): UserFiles {
  const folder = app.getPath('userData')
  return {
    settings: join(folder, 'settings.json'),
    dictations: join(folder, 'dictations'),
    log: join(folder, 'logs', 'steno.log'),
    models: join(folder, 'models'),
    requests: join(folder, 'network.jsonl'),
  }
}
