/**
 * One file for whoever helps: the log, the settings without words of the user's, the machine, and what is kept. No
 * dictated text is in any of these, and the home folder and the user's name are taken out. Pure.
 */
import type { KeptFiles, NetworkRequest } from '../../shared/history.ts'
import type { AppSnapshot } from '../../shared/dictation.ts'
import type { Settings } from '../../shared/settings.ts'

export interface BundleFacts {
  readonly version: string
  readonly platform: string
  readonly release: string
  readonly runtime: string
  readonly cores: number
  readonly memoryBytes: number
  /** Settings that hold nothing the user said or wrote. */
  readonly settings: Partial<Settings>
  readonly snapshot: Pick<AppSnapshot, 'model' | 'keys' | 'timings' | 'processes'>
  readonly kept: readonly KeptFiles[]
  readonly requests: readonly NetworkRequest[]
  readonly log: string
}

/** @param secrets what must not be in it, each with what stands in its place. */
export function bundleOf(facts: BundleFacts, secrets: readonly (readonly [string, string])[]): string {
  const { log, ...rest } = facts
  const text = `${JSON.stringify(rest, null, 2)}\n\n${log}`
  return secrets
    .filter(([secret]) => secret.length > 1)
    .toSorted(([a], [b]) => b.length - a.length)
    .reduce((redacted, [secret, instead]) => redacted.replaceAll(secret, instead), text)
}
