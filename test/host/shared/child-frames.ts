/** What main and a utility process say to each other over the pipe between them; both ways the same. */
import type { PortFrame, PortId } from './port-frames.ts'

export type ChildFrame =
  /** `postMessage` of the process object or of `parentPort`; only main sends ports along. */
  | { readonly kind: 'message'; readonly data: string; readonly ports: readonly PortId[] }
  | { readonly kind: 'port'; readonly id: PortId; readonly frame: PortFrame }

/** What the child is told in its first argument, before the app's script runs. */
export interface ChildSetup {
  /** As given to `fork`. */
  readonly script: string
  readonly execArgv: readonly string[]
  readonly versions: Readonly<Record<string, string>>
}
