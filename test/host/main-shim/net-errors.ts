/** Chromium's network errors as Electron words them. Numbers: Chromium, net/base/net_error_list.h. */
const CODES: Readonly<Record<string, number>> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_FILE_NOT_FOUND: -6,
  ERR_UNEXPECTED: -9,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_INVALID_URL: -300,
  ERR_UNKNOWN_URL_SCHEME: -302,
}

/** What the host's server does when the app's handler fails: to Chromium a connection without answer. */
const HANDLER_FAILED = new Set(['ERR_EMPTY_RESPONSE', 'ERR_CONNECTION_RESET'])

export interface LoadFailure {
  readonly code: string
  readonly errno: number
}

/** From CDP's `net::ERR_…`. */
export function loadFailure(errorText: string): LoadFailure {
  const name = errorText.replace(/^net::/, '')
  const code = HANDLER_FAILED.has(name) ? 'ERR_UNEXPECTED' : name
  return { code, errno: CODES[code] ?? -2 }
}

/** What `loadURL` rejects with. */
export class LoadError extends Error {
  readonly code: string
  readonly errno: number
  readonly url: string

  constructor({ code, errno }: LoadFailure, url: string) {
    super(`${code} (${errno}) loading '${url}'`)
    this.code = code
    this.errno = errno
    this.url = url
  }
}
