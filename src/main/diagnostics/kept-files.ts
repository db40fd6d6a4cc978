/** What Steno keeps on this machine, counted. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { KeptFiles } from '../../shared/history.ts'

export interface Places {
  readonly settings: string
  readonly dictations: string
  readonly models: string
  readonly logs: string
  readonly crashes: string
}

export function keptFiles({ settings, dictations, models, logs, crashes }: Places): KeptFiles[] {
  const sound = (name: string): boolean => /\.(wav|flac)$/.test(name)
  return [
    { kind: 'sounds', path: dictations, ...sizes(dictations, sound) },
    { kind: 'history', path: dictations, ...sizes(dictations, (name) => !sound(name)) },
    { kind: 'settings', path: settings, ...sum([settings, `${settings}.bak`, `${settings}.broken`]) },
    { kind: 'models', path: models, ...sizes(models) },
    { kind: 'logs', path: logs, ...sizes(logs) },
    { kind: 'crashes', path: crashes, ...sizes(crashes) },
  ]
}

interface Sizes {
  readonly files: number
  readonly bytes: number
}

/** Of all files below the folder; nothing where it is not. */
function sizes(folder: string, wanted: (name: string) => boolean = () => true): Sizes {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile() && wanted(entry.name))
    return sum(files.map(({ parentPath, name }) => join(parentPath, name)))
  } catch {
    return { files: 0, bytes: 0 }
  }
}

function sum(paths: readonly string[]): Sizes {
  const found = paths.flatMap((path) => statSync(path, { throwIfNoEntry: false }) ?? [])
  return { files: found.length, bytes: found.reduce((bytes, { size }) => bytes + size, 0) }
}
