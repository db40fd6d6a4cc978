/** What was pressed while a key is chosen: the chord, and the events as they came. Pure. */
import { chordFrom, modifierOf } from '../../../../shared/chords.ts'
import { MODIFIERS, type Chord, type KeyCode, type KeyEvent } from '../../../../shared/keys.ts'

/** Events kept to be looked at: enough for a chord of four down and up. */
const SEEN_AT_MOST = 8

export interface SeenKey {
  readonly id: number
  readonly kind: KeyEvent['kind']
  readonly code: KeyCode
}

export interface Capture {
  /** What would be saved; null is no key. */
  readonly chord: Chord | null
  readonly held: readonly KeyCode[]
  /** Oldest first. */
  readonly seen: readonly SeenKey[]
}

export type CaptureAction =
  | { readonly kind: 'key'; readonly event: KeyEvent }
  /** Clear, or back to the default. */
  | { readonly kind: 'choose'; readonly chord: Chord | null }
  /** Key-ups go elsewhere from now on. */
  | { readonly kind: 'blur' }

export function captureOf(chord: Chord | null): Capture {
  return { chord, held: [], seen: [] }
}

/** A chord is all keys that were down together; it begins anew when a key goes down and none is held. */
export function reduce(capture: Capture, action: CaptureAction): Capture {
  switch (action.kind) {
    case 'choose':
      return captureOf(action.chord)
    case 'blur':
      return { ...capture, held: [] }
    case 'key':
      return withKey(capture, action.event)
  }
}

function withKey(capture: Capture, event: KeyEvent): Capture {
  const { code } = event
  if (code === '' || belongsToDialog(event)) return capture
  const held = capture.held.filter((other) => other !== code && isStillDown(other, event))
  const repeated = event.kind === 'down' && capture.held.includes(code)
  if (repeated && held.length === capture.held.length - 1) return capture
  const seen = [...capture.seen, { id: (capture.seen.at(-1)?.id ?? 0) + 1, kind: event.kind, code }]
  const next = { ...capture, held, seen: seen.slice(-SEEN_AT_MOST) }
  if (event.kind === 'up') return next
  const down = [...held, code]
  return { ...next, held: down, chord: chordFrom(down) }
}

/** Tab and Escape alone move on and close, as they do everywhere. */
export function belongsToDialog({ code, modifiers }: KeyEvent): boolean {
  const alone = modifiers.every((modifier) => code === 'Tab' && modifier === 'Shift')
  return (code === 'Tab' || code === 'Escape') && alone
}

/** A key-up that got lost shows in the modifiers behind the next event. */
function isStillDown(code: KeyCode, { modifiers }: KeyEvent): boolean {
  const modifier = modifierOf(code)
  return modifier === undefined || modifiers.includes(modifier)
}

interface PageKey {
  readonly type: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}

/** What the page itself hears of the keyboard, for where nothing else hears it. */
export function fromPage(event: PageKey): KeyEvent {
  const down = [event.ctrlKey, event.shiftKey, event.altKey, event.metaKey]
  return {
    kind: event.type === 'keyup' ? 'up' : 'down',
    code: event.code,
    modifiers: MODIFIERS.filter((_, index) => down[index] === true),
  }
}
