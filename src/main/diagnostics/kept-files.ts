/** What Steno keeps on this machine, counted. */
import type { KeptFiles } from '../../shared/history.ts'
import { sizesBelow, sizesOf } from '../system/sizes.ts'

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
    { kind: 'sounds', path: dictations, ...sizesBelow(dictations, sound) },
    { kind: 'history', path: dictations, ...sizesBelow(dictations, (name) => !sound(name)) },
    { kind: 'settings', path: settings, ...sizesOf([settings, `${settings}.bak`, `${settings}.broken`]) },
    { kind: 'models', path: models, ...sizesBelow(models) },
    { kind: 'logs', path: logs, ...sizesBelow(logs) },
    { kind: 'crashes', path: crashes, ...sizesBelow(crashes) },
  ]
}
