/**
 * What the hand on the talk key wants, as a pure function of what happened; times come in the events.
 *
 *   none ──talkDown, idle──▶ started ──talkUp──▶ none: stop, or (a tap in auto, toggle) go on without the key
 *    │                          ├──latch key, lost──▶ it goes on without the key
 *    │                          └──another key soon──▶ spent: a shortcut was typed, all is taken back
 *    └──talkDown, running──▶ ending ──talkUp──▶ none: stop
 *                               └──another key──▶ spent: a shortcut was typed, nothing happens
 *
 * A press begins a dictation at once, so that no word is lost, and ends one when it is let go: only then is it certain
 * that a talk key which is a modifier alone (right Ctrl) was not the beginning of a shortcut.
 */
import type { Grip } from '../../shared/dictation.ts'
import type { TalkMode } from '../../shared/settings.ts'
import type { KeySignal } from './chord-watch.ts'

export type Press =
  | { readonly kind: 'none' }
  /** This press began the dictation. */
  | { readonly kind: 'started'; readonly at: number }
  /** The dictation ends when it is let go. */
  | { readonly kind: 'ending' }
  /** The key is down, and means nothing any more. */
  | { readonly kind: 'spent' }

export interface GestureState {
  readonly press: Press
  /** A dictation is under way, by main's last word and what was asked since. */
  readonly running: boolean
}

export type GestureEvent =
  | { readonly kind: KeySignal; readonly at: number }
  /** The shortcut of the system that starts and stops. */
  | { readonly kind: 'toggle' }
  /** Main's word: one begins or goes on, or none does. */
  | { readonly kind: 'dictating'; readonly on: boolean }

export type Intent =
  | { readonly kind: 'start'; readonly grip: Grip }
  | { readonly kind: 'stop' | 'latch' | 'cancel' | 'takeBack' | 'tellLost' }

export interface GestureRules {
  readonly mode: TalkMode
  /** The talk chord has modifiers only: another key makes a shortcut of it. */
  readonly modifiersOnly: boolean
  readonly tapMs: number
  readonly takeBackMs: number
}

export interface GestureStep {
  readonly state: GestureState
  readonly intents: readonly Intent[]
}

export const NO_GESTURE: GestureState = { press: { kind: 'none' }, running: false }

const NONE: Press = { kind: 'none' }
const SPENT: Press = { kind: 'spent' }

export function reduce(state: GestureState, event: GestureEvent, rules: GestureRules): GestureStep {
  const { press, running } = state
  switch (event.kind) {
    case 'talkDown':
      if (running) return to({ press: { kind: 'ending' }, running })
      return to(
        { press: { kind: 'started', at: event.at }, running: true },
        { kind: 'start', grip: rules.mode === 'toggle' ? 'latched' : 'held' },
      )
    case 'talkUp':
      return letGo(state, rules, event.at)
    case 'talkLost':
      return lost(state, rules)
    case 'latch':
      if (press.kind !== 'started' || rules.mode === 'toggle') return to(state)
      return to({ press: SPENT, running }, { kind: 'latch' })
    case 'other':
      return rules.modifiersOnly ? shortcutTyped(state, rules, event.at) : to(state)
    case 'cancel':
      return running ? to({ press: still(press), running: false }, { kind: 'cancel' }) : to(state)
    case 'toggle':
      return running
        ? to({ press: still(press), running: false }, { kind: 'stop' })
        : to({ press, running: true }, { kind: 'start', grip: 'latched' })
    case 'dictating':
      // It ended by itself: whatever the key that is down was for is done.
      return to({ press: event.on ? press : still(press), running: event.on })
  }
}

function letGo(state: GestureState, rules: GestureRules, at: number): GestureStep {
  const { press, running } = state
  if (press.kind === 'ending') return to({ press: NONE, running: false }, { kind: 'stop' })
  if (press.kind !== 'started' || rules.mode === 'toggle') return to({ press: NONE, running })
  if (rules.mode === 'auto' && at - press.at < rules.tapMs) {
    return to({ press: NONE, running }, { kind: 'latch' })
  }
  return to({ press: NONE, running: false }, { kind: 'stop' })
}

/** Rather too much is heard than a word lost: what was held goes on, and says so. */
function lost({ press, running }: GestureState, rules: GestureRules): GestureStep {
  if (press.kind === 'ending') return to({ press: NONE, running: false }, { kind: 'stop' })
  if (press.kind !== 'started' || rules.mode === 'toggle') return to({ press: NONE, running })
  return to({ press: NONE, running }, { kind: 'latch' }, { kind: 'tellLost' })
}

function shortcutTyped(state: GestureState, rules: GestureRules, at: number): GestureStep {
  const { press, running } = state
  if (press.kind === 'ending') return to({ press: SPENT, running })
  if (press.kind !== 'started' || at - press.at > rules.takeBackMs) return to(state)
  return to({ press: SPENT, running: false }, { kind: 'takeBack' })
}

/** A key that is down stays down, and means nothing any more. */
function still(press: Press): Press {
  return press.kind === 'none' ? NONE : SPENT
}

function to(state: GestureState, ...intents: Intent[]): GestureStep {
  return { state, intents }
}
