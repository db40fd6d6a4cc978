/** The limits of what is kept, in words. Pure. */
import type { Settings } from '../../../../shared/settings.ts'

export type LimitSetting = 'keepDays' | 'keepCount' | 'keepMegabytes'

export interface LimitWords {
  readonly setting: LimitSetting
  readonly label: string
  readonly detail: string
  readonly options: readonly (readonly [value: string, words: string])[]
}

const ALWAYS = ['', 'No limit'] as const

export const LIMITS: readonly LimitWords[] = [
  {
    setting: 'keepDays',
    label: 'Keep them for',
    detail: 'Older ones are deleted, text and sound. Starred ones always stay.',
    options: [
      ALWAYS,
      ['1', 'One day'],
      ['7', 'A week'],
      ['30', '30 days'],
      ['90', '90 days'],
      ['365', 'A year'],
    ],
  },
  {
    setting: 'keepCount',
    label: 'Keep at most',
    detail: 'The oldest go first.',
    options: [
      ALWAYS,
      ['100', '100 dictations'],
      ['1000', '1,000 dictations'],
      ['10000', '10,000 dictations'],
    ],
  },
  {
    setting: 'keepMegabytes',
    label: 'Sound takes at most',
    detail: 'An hour of sound takes 115 MB.',
    options: [ALWAYS, ['100', '100 MB'], ['500', '500 MB'], ['2000', '2 GB'], ['10000', '10 GB']],
  },
]

export function valueOf(limit: Settings[LimitSetting]): string {
  return limit === null ? '' : String(limit)
}

export function limitOf(value: string): number | null {
  return value === '' ? null : Number(value)
}
