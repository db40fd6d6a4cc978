/** How fast something comes, over the last seconds: a pause long ago does not count, a moment's burst neither. Pure. */
const OVER_MS = 5_000

export class Speedometer {
  readonly #marks: { readonly atMs: number; readonly bytes: number }[] = []

  /** @param bytes so far, of all. */
  mark(atMs: number, bytes: number): void {
    this.#marks.push({ atMs, bytes })
    while (this.#marks.length > 2 && (this.#marks[0]?.atMs ?? atMs) < atMs - OVER_MS) this.#marks.shift()
  }

  /** 0 until there is a measure. */
  get bytesPerSecond(): number {
    const first = this.#marks[0]
    const last = this.#marks.at(-1)
    if (first === undefined || last === undefined || last.atMs <= first.atMs) return 0
    return Math.max(0, (1000 * (last.bytes - first.bytes)) / (last.atMs - first.atMs))
  }
}

/** Undefined until there is a measure. */
export function secondsLeft(bytes: number, total: number, bytesPerSecond: number): number | undefined {
  return bytesPerSecond > 0 ? Math.max(0, total - bytes) / bytesPerSecond : undefined
}
