/** What main and a page's isolated world say to each other. Values travel `encode()`d. Runs in Node and in pages. */
import type { PortFrame, PortId } from './port-frames.ts'

/** The name Electron gives the world its preload scripts run in. */
export const ISOLATED_WORLD = 'Electron Isolated Context'

/** The function (a CDP binding) through which the isolated world speaks to main. */
export const TO_MAIN = '__hostSend'

/** The function through which main speaks to the isolated world. */
export const TO_PAGE = '__hostReceive'

/** A permission that page code is about to use; `request` may prompt, `check` only looks. */
export interface PermissionQuestion {
  readonly way: 'request' | 'check'
  readonly permission: string
  readonly mediaTypes?: readonly ('audio' | 'video')[]
}

export type ToMain =
  | { readonly kind: 'send'; readonly channel: string; readonly args: string }
  | {
      readonly kind: 'post'
      readonly channel: string
      readonly message: string
      readonly ports: readonly PortId[]
    }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly kind: 'port'; readonly id: PortId; readonly frame: PortFrame }
  | { readonly kind: 'ask'; readonly id: number; readonly question: PermissionQuestion }
  | { readonly kind: 'title'; readonly title: string }
  /** The page was about to go where no request would tell of it; it has been held back. */
  | { readonly kind: 'held-back'; readonly url: string }
  | { readonly kind: 'preload-error'; readonly path: string; readonly error: string }

export type ToPage =
  | {
      readonly kind: 'event'
      readonly channel: string
      readonly args: string
      readonly ports: readonly PortId[]
    }
  | { readonly kind: 'result'; readonly id: number; readonly value: string }
  | { readonly kind: 'failure'; readonly id: number; readonly error: string }
  | { readonly kind: 'port'; readonly id: PortId; readonly frame: PortFrame }
  | { readonly kind: 'answer'; readonly id: number; readonly granted: boolean }

/** What the isolated world is told about itself before the preload runs. */
export interface PageSetup {
  /** Known to this document's two worlds only. */
  readonly secret: string
  readonly preloadPath: string
  /** How large a buffer the document is to hold: see main-shim/renderer-pid.ts. */
  readonly markerBytes: number
  readonly platform: string
  readonly arch: string
  readonly versions: Readonly<Record<string, string>>
}
