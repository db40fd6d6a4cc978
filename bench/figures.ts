/** Small statistics and the table they end up in. */
import type { Chart } from './plot.ts'

export interface Row {
  readonly name: string
  readonly value: string
  readonly note: string
}

export interface Section {
  readonly title: string
  readonly rows: readonly Row[]
  /** The same figures for programs. */
  readonly figures: Readonly<Record<string, number>>
  readonly plots?: readonly Chart[]
}

/** The value below which the share `p` of the samples lies (nearest rank). */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? NaN
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5)
}

/** `12.3 ms` for p50 and p95. */
export function spread(samples: readonly number[], unit: string): string {
  return `${median(samples).toFixed(1)} ${unit} (p95 ${percentile(samples, 0.95).toFixed(1)} ${unit})`
}

export function table(section: Section): string {
  const rows = section.rows.map(({ name, value, note }) => `| ${name} | ${value} | ${note} |`)
  return [`## ${section.title}`, '', '| what | figure | how |', '|---|---|---|', ...rows, ''].join('\n')
}
