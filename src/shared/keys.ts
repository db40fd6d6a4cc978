/** Keys as Steno names them, and what the key hook's process and main say to each other. */
import type { WireError } from './errors.ts'
import type { Generation } from './worker-frames.ts'

/**
 * A key by its place on the keyboard, as the W3C UI Events `code` names it (`KeyA`, `F9`, `ControlRight`), or a
 * modifier of either side (`Control`, `Shift`, `Alt`, `Meta`).
 */
export type KeyCode = string

export const MODIFIERS = ['Control', 'Shift', 'Alt', 'Meta'] as const
export type Modifier = (typeof MODIFIERS)[number]

/** Keys held together, in no particular order: one to four. */
export type Chord = readonly KeyCode[]

/** One key went down or up, anywhere on the desktop. Repeats of a held key come as further downs. */
export interface KeyEvent {
  readonly kind: 'down' | 'up'
  /** Always of one side: `ControlLeft`, never `Control`. */
  readonly code: KeyCode
  /** Modifiers that the system says are down behind this event: a key-up that got lost shows here. */
  readonly modifiers: readonly Modifier[]
}

interface Addressed {
  readonly generation: Generation
}

export type ToKeyHook =
  (Addressed & { readonly kind: 'watch' }) | (Addressed & { readonly kind: 'ping' | 'shutdown' })

export type FromKeyHook =
  | (Addressed & { readonly kind: 'ready' | 'pong' })
  /** The desktop does not let keys be watched: trying again would not help. */
  | (Addressed & { readonly kind: 'refused'; readonly error: WireError })
  | (Addressed & { readonly kind: 'key'; readonly event: KeyEvent })

/** Whether keys can be held to talk, for people to read. */
export type KeysHealth =
  | { readonly state: 'starting' | 'working' }
  /** Toggle through the system's own shortcuts still works. */
  | { readonly state: 'unavailable'; readonly reason: string }
