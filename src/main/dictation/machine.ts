/**
 * One dictation, as a pure function of what happened. It knows no clock and no device: what it wants done are commands.
 *
 *   idle ──start──▶ starting ──sound──▶ listening ──stop──▶ finishing ──decoded──▶ delivering ──▶ over
 *                       └── stop ──────────────────────────────▲                                  ▲
 *                       └── cancel, discard, no sound, failure: from every state ─────────────────┘
 *
 * `over` is idle again, for good: the outcome is sealed once and nothing that comes later changes it.
 */
import type { Grip, Outcome } from '../../shared/dictation.ts'
import type { WireError } from '../../shared/errors.ts'
import type { Cue } from '../../shared/capture.ts'

export type SessionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting'; readonly grip: Grip }
  | { readonly kind: 'listening'; readonly grip: Grip; readonly readyMs: number }
  /** `draining`: what was said before the stop is still coming in. */
  | { readonly kind: 'finishing'; readonly draining: boolean }
  | { readonly kind: 'delivering' }
  /** Without an outcome it was no dictation after all and leaves no trace. */
  | { readonly kind: 'over'; readonly outcome: Outcome | undefined }

/** Requests of a person end in `Requested`; everything else is a fact that the world reports. */
export type SessionEvent =
  | { readonly kind: 'startRequested'; readonly grip: Grip }
  | { readonly kind: 'latchRequested' | 'stopRequested' | 'cancelRequested' | 'discardRequested' }
  /** @param afterMs since the request. */
  | { readonly kind: 'soundCame'; readonly afterMs: number }
  /** No more comes. */
  | { readonly kind: 'soundEnded' }
  | { readonly kind: 'captureFailed'; readonly error: WireError }
  | { readonly kind: 'decoded'; readonly text: string }
  | { readonly kind: 'decodeFailed'; readonly error: WireError }
  | { readonly kind: 'delivered' }
  | { readonly kind: 'deliveryFailed'; readonly error: WireError }
  /** The time of the present state is up. */
  | { readonly kind: 'stageExpired'; readonly error: WireError }

export type SessionCommand =
  | { readonly kind: 'openCapture' | 'closeCapture' | 'finishUtterance' | 'giveUpUtterance' }
  | { readonly kind: 'deliver'; readonly text: string }
  | { readonly kind: 'play'; readonly cue: Cue }
  | { readonly kind: 'seal'; readonly outcome: Outcome }
  | { readonly kind: 'discard' }

export interface Step {
  readonly state: SessionState
  readonly commands: readonly SessionCommand[]
}

export const IDLE: SessionState = { kind: 'idle' }

const OPEN = { kind: 'openCapture' } as const
const CLOSE = { kind: 'closeCapture' } as const
const FINISH = { kind: 'finishUtterance' } as const
const GIVE_UP = { kind: 'giveUpUtterance' } as const

export function reduce(state: SessionState, event: SessionEvent): Step {
  switch (state.kind) {
    case 'idle':
      return event.kind === 'startRequested' ? to({ kind: 'starting', grip: event.grip }, OPEN) : stay(state)
    case 'starting':
    case 'listening':
      return whileRecording(state, event)
    case 'finishing':
      return whileFinishing(state, event)
    case 'delivering':
      return whileDelivering(state, event)
    case 'over':
      return stay(state)
  }
}

type Recording = Extract<SessionState, { kind: 'starting' | 'listening' }>

function whileRecording(state: Recording, event: SessionEvent): Step {
  switch (event.kind) {
    case 'soundCame':
      return state.kind === 'listening'
        ? stay(state)
        : to({ kind: 'listening', grip: state.grip, readyMs: event.afterMs }, play('start'))
    case 'latchRequested':
      return state.grip === 'held' ? to({ ...state, grip: 'latched' }) : stay(state)
    case 'stopRequested':
      return to({ kind: 'finishing', draining: true }, CLOSE, play('stop'))
    case 'soundEnded':
      return to({ kind: 'finishing', draining: false }, FINISH)
    case 'captureFailed':
      // What was heard is decoded; its end is on its way.
      return state.kind === 'listening' ? to({ kind: 'finishing', draining: true }) : failed(event.error)
    case 'stageExpired':
      return failed(event.error, CLOSE)
    case 'cancelRequested':
    case 'discardRequested':
      return givenUp(event.kind, CLOSE)
    case 'startRequested':
    case 'decoded':
    case 'delivered':
    case 'deliveryFailed':
      return stay(state)
    case 'decodeFailed':
      // The worker gave up while we listen: go on, the sound is kept, and the end will say so.
      return stay(state)
  }
}

function whileFinishing(state: Extract<SessionState, { kind: 'finishing' }>, event: SessionEvent): Step {
  switch (event.kind) {
    case 'soundEnded':
    case 'stageExpired':
      return state.draining ? to({ kind: 'finishing', draining: false }, FINISH) : stay(state)
    case 'decoded':
      return event.text === ''
        ? over({ kind: 'nothing-heard' })
        : to({ kind: 'delivering' }, { kind: 'deliver', text: event.text })
    case 'decodeFailed':
      return failed(event.error)
    case 'cancelRequested':
    case 'discardRequested':
      return givenUp(event.kind)
    case 'startRequested':
    case 'latchRequested':
    case 'stopRequested':
    case 'soundCame':
    case 'captureFailed':
    case 'delivered':
    case 'deliveryFailed':
      return stay(state)
  }
}

function whileDelivering(state: SessionState, event: SessionEvent): Step {
  switch (event.kind) {
    case 'delivered':
      return over({ kind: 'copied' })
    case 'deliveryFailed':
    case 'stageExpired':
      return over({ kind: 'undelivered', error: event.error }, play('failed'))
    // The text is on its way: it is too late to take it back.
    case 'cancelRequested':
    case 'startRequested':
    case 'latchRequested':
    case 'stopRequested':
    case 'discardRequested':
    case 'soundCame':
    case 'soundEnded':
    case 'captureFailed':
    case 'decoded':
    case 'decodeFailed':
      return stay(state)
  }
}

function givenUp(request: 'cancelRequested' | 'discardRequested', ...first: SessionCommand[]): Step {
  return request === 'cancelRequested'
    ? over({ kind: 'cancelled' }, ...first, GIVE_UP, play('cancel'))
    : to({ kind: 'over', outcome: undefined }, ...first, GIVE_UP, { kind: 'discard' })
}

function failed(error: WireError, ...first: SessionCommand[]): Step {
  return over({ kind: 'failed', error }, ...first, GIVE_UP, play('failed'))
}

function over(outcome: Outcome, ...commands: SessionCommand[]): Step {
  return to({ kind: 'over', outcome }, ...commands, { kind: 'seal', outcome })
}

function play(cue: Cue): SessionCommand {
  return { kind: 'play', cue }
}

function to(state: SessionState, ...commands: SessionCommand[]): Step {
  return { state, commands }
}

/** The same reference: nothing has changed. */
function stay(state: SessionState): Step {
  return { state, commands: [] }
}
