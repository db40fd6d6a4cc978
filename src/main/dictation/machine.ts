/**
 * What a dictation is doing, as a pure function of what happened.
 *
 *   idle ──begun──▶ starting ──soundCame──▶ listening ──soundEnded──▶ finishing ──ended──▶ idle
 *                       └────────────────────── ended ───────────────────┘
 *
 * An event of another dictation than the present one changes nothing: that is decided here and nowhere else.
 */
import type { AppSnapshot, DictationId } from '../../shared/dictation.ts'
import type { WireError } from '../../shared/errors.ts'

export type DictationEvent =
  | { readonly kind: 'begun'; readonly id: DictationId }
  | {
      readonly kind: 'soundCame'
      readonly id: DictationId
      readonly seconds: number
      readonly lagSeconds: number
    }
  | { readonly kind: 'soundEnded'; readonly id: DictationId }
  | { readonly kind: 'lineSettled'; readonly id: DictationId; readonly text: string }
  /** With its error, or without one. */
  | { readonly kind: 'ended'; readonly id: DictationId; readonly error?: WireError }
  | { readonly kind: 'modelReady'; readonly model: string }
  | { readonly kind: 'modelFailed'; readonly error: WireError }

export const INITIAL: AppSnapshot = { state: { kind: 'idle' }, lines: [], error: undefined, model: undefined }

export function reduce(before: AppSnapshot, event: DictationEvent): AppSnapshot {
  const { state } = before
  switch (event.kind) {
    case 'begun':
      return { ...before, state: { kind: 'starting', id: event.id }, lines: [], error: undefined }
    case 'modelReady':
      return { ...before, model: event.model }
    case 'modelFailed':
      return { ...before, error: event.error }
    case 'soundCame':
    case 'soundEnded':
    case 'lineSettled':
    case 'ended':
      return state.kind === 'idle' || state.id !== event.id ? before : advance(before, event)
  }
}

type OwnEvent = Exclude<DictationEvent, { kind: 'begun' | 'modelReady' | 'modelFailed' }>

function advance(before: AppSnapshot, event: OwnEvent): AppSnapshot {
  const { id } = event
  switch (event.kind) {
    case 'soundCame': {
      const { seconds, lagSeconds } = event
      const state =
        before.state.kind === 'finishing'
          ? ({ kind: 'finishing', id, lagSeconds } as const)
          : ({ kind: 'listening', id, seconds, lagSeconds } as const)
      return { ...before, state }
    }
    case 'soundEnded':
      return { ...before, state: { kind: 'finishing', id, lagSeconds: lagOf(before) } }
    case 'lineSettled':
      return { ...before, lines: [...before.lines, event.text] }
    case 'ended':
      return { ...before, state: { kind: 'idle' }, error: event.error }
  }
}

function lagOf({ state }: AppSnapshot): number {
  return state.kind === 'listening' || state.kind === 'finishing' ? state.lagSeconds : 0
}
