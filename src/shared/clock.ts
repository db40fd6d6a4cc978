/** Time as a parameter: the system's in production, a test's own in tests. */
export interface Clock {
  /** Milliseconds that only move forward; their origin means nothing. */
  now(): number
  /** Calls `run` once after `delayMs`; dispose it to take that back. */
  after(delayMs: number, run: () => void): Disposable
}

/** Resolves true when `promise` settles, false when `ms` pass before that. */
export async function settlesWithin(clock: Clock, ms: number, promise: Promise<unknown>): Promise<boolean> {
  const { promise: expired, resolve } = Promise.withResolvers<boolean>()
  using _timer = clock.after(ms, () => {
    resolve(false)
  })
  const settled = promise.then(
    () => true,
    () => true,
  )
  return await Promise.race([settled, expired])
}
