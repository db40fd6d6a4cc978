/** Runs `onAbort` once when the signal aborts, at once when it has; dispose to stop listening. */
export function whenAborted(signal: AbortSignal | undefined, onAbort: (reason: unknown) => void): Disposable {
  const listener = (): void => {
    onAbort(signal?.reason)
  }
  if (signal?.aborted === true) listener()
  else signal?.addEventListener('abort', listener, { once: true })
  return {
    [Symbol.dispose]() {
      signal?.removeEventListener('abort', listener)
    },
  }
}

/** `promise`, unless the signal aborts first: then rejects with the signal's reason, untouched. */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  using _listener = whenAborted(signal, aborted.reject)
  return await Promise.race([promise, aborted.promise])
}
