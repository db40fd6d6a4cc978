import { describe, expect, it } from 'vitest'
import {
  IDLE,
  reduce,
  type SessionCommand,
  type SessionEvent,
  type SessionState,
} from '../../../../src/main/dictation/machine.ts'

const error = { code: 'worker-hung', message: 'it hung' } as const

const EVERY_EVENT: readonly SessionEvent[] = [
  { kind: 'startRequested', grip: 'held' },
  { kind: 'latchRequested' },
  { kind: 'stopRequested' },
  { kind: 'cancelRequested' },
  { kind: 'discardRequested' },
  { kind: 'soundCame', afterMs: 84 },
  { kind: 'soundEnded' },
  { kind: 'captureFailed', error },
  { kind: 'decoded', text: 'hello' },
  { kind: 'decoded', text: '' },
  { kind: 'decodeFailed', error },
  { kind: 'delivered' },
  { kind: 'deliveryFailed', error },
  { kind: 'stageExpired', error },
]

interface Run {
  readonly state: SessionState
  readonly commands: readonly SessionCommand[]
}

function after(...events: SessionEvent[]): Run {
  return events.reduce<Run>(
    (run, event) => {
      const step = reduce(run.state, event)
      return { state: step.state, commands: [...run.commands, ...step.commands] }
    },
    { state: IDLE, commands: [] },
  )
}

const START: SessionEvent = { kind: 'startRequested', grip: 'held' }
const SOUND: SessionEvent = { kind: 'soundCame', afterMs: 84 }
const STOP: SessionEvent = { kind: 'stopRequested' }
const ENDED: SessionEvent = { kind: 'soundEnded' }

/** Every state that any sequence of events can reach. */
function reachable(): SessionState[] {
  const seen = new Map([[JSON.stringify(IDLE), IDLE]])
  for (const state of seen.values()) {
    for (const event of EVERY_EVENT) {
      const next = reduce(state, event).state
      seen.set(JSON.stringify(next), next)
    }
  }
  return [...seen.values()]
}

describe('a dictation', () => {
  it('goes from key to clipboard', () => {
    const { state, commands } = after(
      START,
      SOUND,
      STOP,
      ENDED,
      { kind: 'decoded', text: 'hello' },
      { kind: 'delivered' },
    )
    expect(state).toEqual({ kind: 'over', outcome: { kind: 'copied' } })
    expect(commands).toEqual([
      { kind: 'openCapture' },
      { kind: 'play', cue: 'start' },
      { kind: 'closeCapture' },
      { kind: 'play', cue: 'stop' },
      { kind: 'finishUtterance' },
      { kind: 'deliver', text: 'hello' },
      { kind: 'seal', outcome: { kind: 'copied' } },
    ])
  })

  it('says listening only once sound has come, and how long that took', () => {
    expect(after(START).state).toEqual({ kind: 'starting', grip: 'held' })
    expect(after(START, SOUND).state).toEqual({ kind: 'listening', grip: 'held', readyMs: 84 })
    expect(after(START, SOUND, { kind: 'soundCame', afterMs: 134 }).state).toMatchObject({ readyMs: 84 })
  })

  it('takes what was said before the stop, then decodes', () => {
    expect(after(START, SOUND, STOP).state).toEqual({ kind: 'finishing', draining: true })
    expect(after(START, SOUND, STOP, ENDED).state).toEqual({ kind: 'finishing', draining: false })
    const slow = after(START, SOUND, STOP, { kind: 'stageExpired', error })
    expect(slow.state).toEqual({ kind: 'finishing', draining: false })
    expect(slow.commands.at(-1)).toEqual({ kind: 'finishUtterance' })
  })

  it('is ended before its first sample without harm', () => {
    expect(after(START, STOP, ENDED, { kind: 'decoded', text: '' }).state).toEqual({
      kind: 'over',
      outcome: { kind: 'nothing-heard' },
    })
  })

  it('lets go of the key only when one is held', () => {
    expect(after(START, SOUND, { kind: 'latchRequested' }).state).toMatchObject({ grip: 'latched' })
    const handsFree = after({ kind: 'startRequested', grip: 'hands-free' }, { kind: 'latchRequested' })
    expect(handsFree.state).toMatchObject({ grip: 'hands-free' })
  })

  it('decodes what was heard when the microphone fails in mid-sentence', () => {
    expect(after(START, SOUND, { kind: 'captureFailed', error }, ENDED).commands.at(-1)).toEqual({
      kind: 'finishUtterance',
    })
    expect(after(START, { kind: 'captureFailed', error }).state).toEqual({
      kind: 'over',
      outcome: { kind: 'failed', error },
    })
  })

  it('goes on listening when the worker gives up: the sound is kept', () => {
    expect(after(START, SOUND, { kind: 'decodeFailed', error }).state.kind).toBe('listening')
  })

  it.each([[[START]], [[START, SOUND]], [[START, SOUND, STOP]], [[START, SOUND, STOP, ENDED]]] as const)(
    'is cancelled in any state before its text is on its way: %#',
    (events) => {
      const { state, commands } = after(...events, { kind: 'cancelRequested' })
      expect(state).toEqual({ kind: 'over', outcome: { kind: 'cancelled' } })
      expect(commands).toContainEqual({ kind: 'giveUpUtterance' })
      expect(commands.filter(({ kind }) => kind === 'closeCapture')).toHaveLength(1)
    },
  )

  it('leaves no trace when it was no dictation after all', () => {
    const { state, commands } = after(START, SOUND, { kind: 'discardRequested' })
    expect(state).toEqual({ kind: 'over', outcome: undefined })
    expect(commands).toContainEqual({ kind: 'discard' })
    expect(commands).not.toContainEqual(expect.objectContaining({ kind: 'seal' }))
  })

  it('keeps a text that the clipboard does not take', () => {
    const delivering = [START, SOUND, STOP, ENDED, { kind: 'decoded', text: 'hello' }] as const
    for (const kind of ['deliveryFailed', 'stageExpired'] as const) {
      expect(after(...delivering, { kind, error }).state).toEqual({
        kind: 'over',
        outcome: { kind: 'undelivered', error },
      })
    }
    expect(after(...delivering, { kind: 'cancelRequested' }).state.kind).toBe('delivering')
  })

  it('never throws, and what is over stays over, in every state for every event', () => {
    const states = reachable()
    expect(states.length).toBeGreaterThan(10)
    for (const state of states) {
      for (const event of EVERY_EVENT) {
        const step = reduce(state, event)
        if (state.kind === 'over') expect(step).toEqual({ state, commands: [] })
        const sealed = step.commands.filter(({ kind }) => kind === 'seal' || kind === 'discard')
        expect(sealed).toHaveLength(state.kind !== 'over' && step.state.kind === 'over' ? 1 : 0)
        if (step.commands.length === 0 && step.state.kind === state.kind && event.kind !== 'latchRequested') {
          expect(step.state).toBe(state)
        }
      }
    }
  })
})
