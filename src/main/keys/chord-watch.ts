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

type DownTimes = ReadonlyMap<KeyCode, number>

export interface HeldKeys {
  /** Keys that count as down, with the time of their last down. */
  readonly downAt: DownTimes
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
  const lost = before.talking && !isDown(watched.talk, downAt)
  const held: HeldKeys = { downAt, talking: before.talking && !lost }
  const heard =
    event.kind === 'up' ? hearUp(held, event, watched) : hearDown(held, event, at, watched, repeatGapMs)
  return lost ? { held: heard.held, signals: ['talkLost', ...heard.signals] } : heard
}

/** Nobody knows any longer what is down. */
export function forget(before: HeldKeys): Heard {
  return { held: NOTHING_HELD, signals: before.talking ? ['talkLost'] : [] }
}

function hearUp({ downAt, talking }: HeldKeys, { code }: KeyEvent, { talk }: Watched): Heard {
  const left = new Map(downAt)
  left.delete(code)
  const ended = talking && !isDown(talk, left)
  return { held: { downAt: left, talking: talking && !ended }, signals: ended ? ['talkUp'] : [] }
}

function hearDown(held: HeldKeys, event: KeyEvent, at: number, watched: Watched, repeatGapMs: number): Heard {
  const last = held.downAt.get(event.code)
  const downAt = new Map(held.downAt).set(event.code, at)
  const { talking } = held
  if (last !== undefined && at - last <= repeatGapMs) return { held: { downAt, talking }, signals: [] }

  const ofTalk = names(watched.talk, event.code)
  if (talking && !ofTalk) return { held: { downAt, talking }, signals: besides(event.code, downAt, watched) }
  // A second key of the same name (the other Ctrl) changes nothing; the same key anew means that its up was lost.
  if (talking && last === undefined) return { held: { downAt, talking }, signals: [] }
  const lost: KeySignal[] = talking ? ['talkLost'] : []
  const begins = ofTalk && isDown(watched.talk, downAt) && isAlone(watched.talk, event, downAt)
  return { held: { downAt, talking: begins }, signals: begins ? [...lost, 'talkDown'] : lost }
}

/** What a key means that goes down while the talk key is; the first keys of a longer latch or cancel chord: nothing. */
function besides(code: KeyCode, downAt: DownTimes, watched: Watched): KeySignal[] {
  for (const kind of ['latch', 'cancel'] as const) {
    if (names(watched[kind], code)) return isDown(watched[kind], downAt) ? [kind] : []
  }
  return ['other']
}

/** Modifiers that the system no longer says are down were let go unheard. */
function withoutReleased(downAt: DownTimes, event: KeyEvent): DownTimes {
  const kept = [...downAt].filter(([code]) => {
    const modifier = modifierOf(code)
    return code === event.code || modifier === undefined || event.modifiers.includes(modifier)
  })
  return new Map(kept)
}

function names(chord: Chord | null, code: KeyCode): boolean {
  return chord?.some((named) => matches(named, code)) ?? false
}

function isDown(chord: Chord | null, downAt: DownTimes): boolean {
  if (chord === null || chord.length === 0) return false
  return chord.every((named) => [...downAt.keys()].some((code) => matches(named, code)))
}

/** Whether no modifier is down that the chord does not name. */
function isAlone(chord: Chord | null, event: KeyEvent, downAt: DownTimes): boolean {
  const named = chord ?? []
  const modifiers = named.map(modifierOf)
  // Windows presses the left Ctrl along with AltGr.
  const free = (code: KeyCode): boolean => named.includes('AltRight') && modifierOf(code) === 'Control'
  return (
    event.modifiers.every((modifier) => modifiers.includes(modifier) || free(modifier)) &&
    [...downAt.keys()].every((code) => modifierOf(code) === undefined || names(named, code) || free(code))
  )
}
