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
      return pressed(running, rules, event.at)
    case 'talkUp':
      return letGo(state, rules, event.at)
    case 'talkLost':
      return lost(state, rules)
    case 'latch':
      return goOn(state, rules)
    case 'other':
      return shortcutTyped(state, rules, event.at)
    case 'cancel':
      return running ? over(press, { kind: 'cancel' }) : to(state)
    case 'toggle':
      if (running) return over(press, { kind: 'stop' })
      return to({ press, running: true }, { kind: 'start', grip: 'latched' })
    case 'dictating':
      // When it ended by itself, whatever the key that is down was for is done.
      return event.on ? to({ press, running: true }) : over(press)
  }
}

function pressed(running: boolean, { mode }: GestureRules, at: number): GestureStep {
  if (running) return to({ press: { kind: 'ending' }, running })
  const grip: Grip = mode === 'toggle' ? 'latched' : 'held'
  return to({ press: { kind: 'started', at }, running: true }, { kind: 'start', grip })
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

function goOn({ press, running }: GestureState, { mode }: GestureRules): GestureStep {
  const holds = press.kind === 'started' && mode !== 'toggle'
  return holds ? to({ press: SPENT, running }, { kind: 'latch' }) : to({ press, running })
}

function shortcutTyped({ press, running }: GestureState, rules: GestureRules, at: number): GestureStep {
  if (rules.modifiersOnly && press.kind === 'ending') return to({ press: SPENT, running })
  const soon = rules.modifiersOnly && press.kind === 'started' && at - press.at <= rules.takeBackMs
  return soon ? over(press, { kind: 'takeBack' }) : to({ press, running })
}

/** Nothing runs any more; a key that is down stays down, and means nothing. */
function over(press: Press, ...intents: Intent[]): GestureStep {
  return to({ press: press.kind === 'none' ? NONE : SPENT, running: false }, ...intents)
}

function to(state: GestureState, ...intents: Intent[]): GestureStep {
  return { state, intents }
}
