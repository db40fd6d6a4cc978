/** The scripts that a page runs before its own: the two halves of the shim and the app's preload. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import type { PageSetup } from '../shared/wire.ts'
import { link } from './linker.ts'

export interface Injection {
  readonly mainWorld: string
  readonly isolatedWorld: string
  readonly markerBytes: number
  /** Runs after the other two, in the isolated world. */
  readonly preload: string | undefined
}

const linked = new Map<string, string>()

/** For a window with this preload script, which is read now. */
export function injectionFor(preloadPath: string | undefined, markerBytes: number): Injection {
  const setup: PageSetup = {
    markerBytes,
    secret: randomUUID(),
    preloadPath: preloadPath ?? '',
    platform: process.platform,
    arch: process.arch,
    versions: Object.fromEntries(
      Object.entries(process.versions).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  }
  return {
    markerBytes,
    mainWorld: starting('main-world.ts', setup),
    isolatedWorld: starting('isolated.ts', setup),
    preload: preloadPath === undefined ? undefined : wrapped(preloadPath),
  }
}

function starting(file: string, setup: PageSetup): string {
  const script = linked.get(file) ?? link(join(import.meta.dirname, file))
  linked.set(file, script)
  return `${script}.start(${JSON.stringify(setup)})`
}

/** A script of its own, so that a mistake in its syntax harms nothing else. */
function wrapped(path: string): string {
  const source = readPreload(path)
  return `globalThis.__hostPreload?.(function (require, process, exports, module) {${source}\n})\n//# sourceURL=${path}`
}

function readPreload(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    return `throw new Error(${JSON.stringify(String(error))})`
  }
}
