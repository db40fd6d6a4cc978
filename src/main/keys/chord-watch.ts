/**
 * Key events in, what they mean for the chords out. Pure: the time of each event comes with it.
 *
 * Ordinary keys that are down besides a chord do not keep it from counting (fast typists overlap them), other
 * modifiers do: Ctrl+F9 is not F9. Key-ups get lost, so what counts as down is corrected by everything later events
 * say: a modifier that the system no longer lists, and a fresh down of a key that was never let go.
 */
import { matches, modifierOf } from '../../shared/chords.ts'
import type { Chord, KeyCode, KeyEvent } from '../../shared/keys.ts'

export interface Watched {
  readonly talk: Chord | null
  /** These two count only while the talk key is down. */
  readonly latch: Chord | null
  readonly cancel: Chord | null
}

export type KeySignal =
  | 'talkDown'
  | 'talkUp'
  /** The talk key is up, or may be: nobody heard when. */
  | 'talkLost'
  | 'latch'
  | 'cancel'
  /** Some other key went down while the talk key was. */
  | 'other'

export interface HeldKeys {
  /** Keys that count as down, with the time of their last down. */
  readonly downAt: ReadonlyMap<KeyCode, number>
  /** The talk chord is down as far as was signalled. */
  readonly talking: boolean
}

export interface Heard {
  readonly held: HeldKeys
  readonly signals: readonly KeySignal[]
}

export const NOTHING_HELD: HeldKeys = { downAt: new Map(), talking: false }

/** @param at milliseconds, of the same clock for all events. @param repeatGapMs see Tuning.keyRepeatGapMs. */
export function hear(
  before: HeldKeys,
  event: KeyEvent,
  at: number,
  watched: Watched,
  repeatGapMs: number,
): Heard {
  const downAt = withoutReleased(before.downAt, event)
  const last = downAt.get(event.code)
  const repeated = event.kind === 'down' && last !== undefined && at - last <= repeatGapMs
  const released = before.talking && !isDown(watched.talk, new Map(downAt).set(event.code, at))
  const pressedAnew = before.talking && last !== undefined && !repeated && event.kind === 'down'
  const lost = released || (pressedAnew && names(watched.talk, event.code))
  if (event.kind === 'down') downAt.set(event.code, at)
  else downAt.delete(event.code)

  const talkingStill = before.talking && !lost
  const signal = repeated ? undefined : signalOf(event, { downAt, talking: talkingStill }, watched)
  const talking = signal === 'talkDown' || (talkingStill && signal !== 'talkUp')
  const signals: readonly KeySignal[] = lost ? ['talkLost'] : []
  return { held: { downAt, talking }, signals: signal === undefined ? signals : [...signals, signal] }
}

/** Nobody knows any longer what is down. */
export function forget(before: HeldKeys): Heard {
  return { held: NOTHING_HELD, signals: before.talking ? ['talkLost'] : [] }
}

function signalOf(event: KeyEvent, { downAt, talking }: HeldKeys, watched: Watched): KeySignal | undefined {
  const { code } = event
  const ofTalk = names(watched.talk, code)
  if (event.kind === 'up') return talking && ofTalk && !isDown(watched.talk, downAt) ? 'talkUp' : undefined
  if (!talking)
    return ofTalk && isDown(watched.talk, downAt) && isAlone(watched.talk, event, downAt)
      ? 'talkDown'
      : undefined
  if (ofTalk) return undefined
  for (const kind of ['latch', 'cancel'] as const) {
    if (names(watched[kind], code)) return isDown(watched[kind], downAt) ? kind : undefined
  }
  return 'other'
}

/** Modifiers that the system no longer says are down were let go unheard. */
function withoutReleased(downAt: ReadonlyMap<KeyCode, number>, event: KeyEvent): Map<KeyCode, number> {
  const kept = [...downAt].filter(([code]) => {
    const modifier = modifierOf(code)
    return code === event.code || modifier === undefined || event.modifiers.includes(modifier)
  })
  return new Map(kept)
}

function names(chord: Chord | null, code: KeyCode): boolean {
  return chord?.some((named) => matches(named, code)) ?? false
}

function isDown(chord: Chord | null, downAt: ReadonlyMap<KeyCode, number>): boolean {
  if (chord === null || chord.length === 0) return false
  return chord.every((named) => [...downAt.keys()].some((code) => matches(named, code)))
}

/** Whether no modifier is down that the chord does not name. */
function isAlone(chord: Chord | null, event: KeyEvent, downAt: ReadonlyMap<KeyCode, number>): boolean {
  const named = chord ?? []
  const modifiers = named.map(modifierOf)
  // Windows presses the left Ctrl along with AltGr.
  const free = (code: KeyCode): boolean => named.includes('AltRight') && modifierOf(code) === 'Control'
  return (
    event.modifiers.every((modifier) => modifiers.includes(modifier) || free(modifier)) &&
    [...downAt.keys()].every((code) => modifierOf(code) === undefined || names(named, code) || free(code))
  )
}
