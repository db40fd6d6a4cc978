/** What a side-by-side run against another implementation comes to. */

/** Decodes of one model by both, on the same weights and the same audio. */
export interface Comparison {
  readonly family: string
  /** The other implementation, with its version. */
  readonly reference: string
  readonly cases: readonly Case[]
}

export interface Case {
  /** What sets it apart, for the list of differences. */
  readonly name: string
  readonly ours: readonly number[]
  readonly theirs: readonly number[]
  /** Why they differ where they do: the named fault. Left out, a difference is unexplained. */
  readonly fault?: string | undefined
}

/** Gives the comparisons of some families. @param scratch an empty folder for the generated models. */
export type Suite = (scratch: string) => Promise<readonly Comparison[]>

export interface Row {
  readonly family: string
  readonly reference: string
  readonly cases: number
  /** Of ours, in all cases. */
  readonly tokens: number
  readonly mismatches: number
  /** One line for each fault, with the first case that shows it. */
  readonly differences: readonly string[]
  readonly unexplained: number
}

export function rowOf({ family, reference, cases }: Comparison): Row {
  const differing = cases.filter(({ ours, theirs }) => firstDifference(ours, theirs) !== undefined)
  return {
    family,
    reference,
    cases: cases.length,
    tokens: cases.reduce((sum, { ours }) => sum + ours.length, 0),
    mismatches: differing.length,
    differences: [...Map.groupBy(differing, ({ fault }) => fault ?? 'unexplained')].map(
      ([fault, group]) => `${group.length} of ${cases.length}: ${fault} (${placeOf(group[0])})`,
    ),
    unexplained: differing.filter(({ fault }) => fault === undefined).length,
  }
}

function placeOf(first: Case | undefined): string {
  if (first === undefined) return ''
  return `${first.name}: token ${firstDifference(first.ours, first.theirs) ?? 0}`
}

/** Index of the first token that differs; `undefined` when none does. */
export function firstDifference(ours: readonly number[], theirs: readonly number[]): number | undefined {
  const length = Math.max(ours.length, theirs.length)
  for (let index = 0; index < length; index++) if (ours[index] !== theirs[index]) return index
  return undefined
}
