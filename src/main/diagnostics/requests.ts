/** What Steno asked of the network, one line each, so that the user can look: nothing is asked that is not noted here. */
import { appendFileSync, readFileSync, renameSync, statSync } from 'node:fs'
import * as v from 'valibot'
import { textOf } from '../../shared/errors.ts'
import type { NetworkRequest } from '../../shared/history.ts'
import type { Log } from '../../shared/log.ts'

/** A file of this size is begun anew; the one before is kept. */
const BYTES = 256 * 1024
/** Requests that a page shows. */
const SHOWN = 200

const request = v.object({ at: v.number(), url: v.string(), why: v.string() })

export class RequestLog {
  readonly #file: string
  readonly #now: () => number
  readonly #log: Log

  /** @param now milliseconds since 1970. */
  constructor(file: string, now: () => number, log: Log) {
    this.#file = file
    this.#now = now
    this.#log = log
  }

  /** Before the request is made. A disk that refuses costs the note, not the request. */
  readonly note = (url: string, why: string): void => {
    try {
      if (sizeOf(this.#file) > BYTES) renameSync(this.#file, `${this.#file}.1`)
      const line: NetworkRequest = { at: this.#now(), url, why }
      appendFileSync(this.#file, `${JSON.stringify(line)}\n`, { mode: 0o600 })
    } catch (error) {
      this.#log('error', `a request was not noted: ${textOf(error)}`)
    }
  }

  /** Newest first. */
  last(): readonly NetworkRequest[] {
    return [`${this.#file}.1`, this.#file].flatMap(linesOf).slice(-SHOWN).reverse()
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** A line that was cut short, or that somebody changed, is left out. */
function linesOf(file: string): NetworkRequest[] {
  if (sizeOf(file) === 0) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const value: unknown = JSON.parse(line)
        return v.is(request, value) ? [value] : []
      } catch {
        return []
      }
    })
}
