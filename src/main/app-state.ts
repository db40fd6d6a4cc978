/** The one snapshot that windows mirror, in slices; who watches gets the slices that changed. */
import { EMPTY_SNAPSHOT, type AppSnapshot } from '../shared/dictation.ts'

export class AppState implements Disposable {
  readonly #watchers = new Set<(slices: Partial<AppSnapshot>) => void>()
  #snapshot = EMPTY_SNAPSHOT

  get snapshot(): AppSnapshot {
    return this.#snapshot
  }

  /** A slice that is the same object as before has not changed. */
  set(slices: Partial<AppSnapshot>): void {
    const before = this.#snapshot
    const names = Object.keys(slices) as (keyof AppSnapshot)[]
    const changed = names.filter((name) => slices[name] !== before[name])
    if (changed.length === 0) return
    this.#snapshot = { ...before, ...slices }
    const news = Object.fromEntries(changed.map((name) => [name, this.#snapshot[name]]))
    for (const watcher of this.#watchers) watcher(news)
  }

  onChange(watcher: (slices: Partial<AppSnapshot>) => void): Disposable {
    this.#watchers.add(watcher)
    return { [Symbol.dispose]: () => void this.#watchers.delete(watcher) }
  }

  [Symbol.dispose](): void {
    this.#watchers.clear()
  }
}
