import { describe, expect, it } from 'vitest'
import { Overlay, overlayStayMs } from '../../../../src/main/windows/overlay.ts'
import { EMPTY_SNAPSHOT, type AppSnapshot } from '../../../../src/shared/dictation.ts'
import { TUNING } from '../../../../src/shared/tuning.ts'
import { FakeClock } from '../../../fakes/fake-clock.ts'

const FINISHING: AppSnapshot = { ...EMPTY_SNAPSHOT, dictation: { kind: 'finishing', id: 1 } }
const COPIED: AppSnapshot = { ...EMPTY_SNAPSHOT, outcome: { kind: 'copied' } }

function desk(): { overlay: Overlay; clock: FakeClock; seen: string[]; focus: (on: boolean) => void } {
  const clock = new FakeClock()
  const seen: string[] = []
  let focused = false
  let visible = false
  const window = {
    get visible() {
      return visible
    },
    show: (edge: string) => {
      visible = true
      seen.push(`show ${edge}`)
    },
    hide: () => {
      if (visible) seen.push('hide')
      visible = false
    },
  }
  return {
    overlay: new Overlay(window, () => focused, clock, TUNING),
    clock,
    seen,
    focus: (on) => void (focused = on),
  }
}

describe('the overlay', () => {
  it('comes with a dictation and stays to be read', async () => {
    const { overlay, clock, seen } = desk()
    overlay.follow(EMPTY_SNAPSHOT)
    overlay.follow(FINISHING)
    overlay.follow(FINISHING)
    await clock.advance(60_000)
    expect(seen).toEqual(['show bottom'])
    overlay.follow(COPIED)
    await clock.advance(TUNING.overlayDoneMs - 1)
    expect(seen).toEqual(['show bottom'])
    await clock.advance(1)
    expect(seen).toEqual(['show bottom', 'hide'])
    expect(clock.pendingTimers).toBe(0)
  })

  it('tells an outcome once, whatever else changes', async () => {
    const { overlay, clock, seen, focus } = desk()
    overlay.follow(FINISHING)
    overlay.follow(COPIED)
    await clock.advance(TUNING.overlayDoneMs)
    overlay.follow({ ...COPIED, settings: { ...COPIED.settings, sounds: false } })
    focus(true)
    overlay.follow(COPIED)
    focus(false)
    overlay.follow(COPIED)
    expect(seen).toEqual(['show bottom', 'hide'])
  })

  it('makes way for a window that has the focus, and comes back when it loses it', () => {
    const { overlay, seen, focus } = desk()
    focus(true)
    overlay.follow(FINISHING)
    expect(seen).toEqual([])
    focus(false)
    overlay.follow(FINISHING)
    focus(true)
    overlay.follow(FINISHING)
    expect(seen).toEqual(['show bottom', 'hide'])
  })

  it('is never seen when it is not wanted', () => {
    const { overlay, seen } = desk()
    const settings = { ...EMPTY_SNAPSHOT.settings, overlay: 'off' } as const
    overlay.follow({ ...FINISHING, settings })
    overlay.follow({ ...COPIED, settings })
    expect(seen).toEqual([])
  })

  it('stays longer for what takes longer to read', () => {
    const error = { code: 'internal', message: '' } as const
    const idle = { kind: 'idle' } as const
    expect(overlayStayMs(idle, undefined, TUNING)).toBeUndefined()
    expect(overlayStayMs(idle, { kind: 'nothing-heard' }, TUNING)).toBe(TUNING.overlayDoneMs)
    expect(overlayStayMs(idle, { kind: 'failed', error }, TUNING)).toBe(TUNING.overlayFailedMs)
  })
})
