/** Chromium as the rest of the host sees it: there from just before `ready` until the process ends. */
import type { CdpConnection } from '../cdp/client.ts'
import { NotInHost } from './not-in-host.ts'

export interface Engine {
  readonly connection: CdpConnection
  readonly pid: number
  /** Whether people can see the windows. */
  readonly headed: boolean
  /** Answers every request with "no content": a new page loads it to stay as it is until it has been prepared. */
  readonly gateUrl: string
}

let current: Engine | undefined

export function provideEngine(engine: Engine): void {
  current = engine
}

/** Throws before `app` is ready. */
export function engine(): Engine {
  if (current === undefined) throw new NotInHost('(a page before ready)')
  return current
}

/** The same, or nothing when there is no Chromium yet. */
export function engineIfAny(): Engine | undefined {
  return current
}
