import { sure } from '../../../fakes/shown.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import { followMain, useAppStore } from '../../../../src/renderer/src/state/app-store.ts'
import { ask, dismissFault, useFaults } from '../../../../src/renderer/src/state/faults.ts'
import type { Answer } from '../../../../src/shared/app-ipc.ts'
import type { AppSnapshot } from '../../../../src/shared/dictation.ts'

const WHOLE = useAppStore.getInitialState()

describe('the mirror of main', () => {
  beforeEach(() => {
    useAppStore.setState(WHOLE)
  })

  it('takes the whole state, and keeps newer slices that came before it', async () => {
    const answer = Promise.withResolvers<Answer<AppSnapshot>>()
    let send: (slices: Partial<AppSnapshot>) => void = () => undefined
    const followed = followMain({
      snapshot: () => answer.promise,
      onChanged(listener) {
        send = listener
        return () => undefined
      },
    })
    send({ lines: [sure('old')] })
    send({ lines: [sure('new')] })
    answer.resolve({
      ok: true,
      value: { ...WHOLE, lines: [sure('older')], model: { state: 'ready', name: 'M' } },
    })
    await followed
    expect(useAppStore.getState()).toMatchObject({ lines: [sure('new')], model: { name: 'M' } })

    send({ lines: [sure('last')], outcome: { kind: 'copied' } })
    send({ outcome: undefined })
    expect(useAppStore.getState()).toMatchObject({ lines: [sure('last')], outcome: undefined })
  })
})

describe('what main refuses', () => {
  beforeEach(() => {
    useFaults.setState(useFaults.getInitialState())
  })
  const messages = (): string[] => useFaults.getState().faults.map(({ error }) => error.message)
  const refuse = (message: string) =>
    ask(() => Promise.resolve({ ok: false, error: { code: 'usage', message } }))

  it('is shown, once for the same words, until it is read', async () => {
    expect(await ask(() => Promise.resolve({ ok: true, value: 7 }))).toBe(7)
    await refuse('one')
    await refuse('two')
    await refuse('one')
    expect(messages()).toEqual(['two', 'one'])
    dismissFault(useFaults.getState().faults[0]?.id ?? 0)
    expect(messages()).toEqual(['one'])
  })

  it('is shown as well when main does not answer at all', async () => {
    expect(await ask(() => Promise.reject(new Error('the door is shut')))).toBeUndefined()
    expect(messages()).toEqual(['the door is shut'])
  })

  it('does not fill the window', async () => {
    for (let index = 0; index < 10; index++) await refuse(`fault ${index}`)
    expect(messages()).toEqual(['fault 7', 'fault 8', 'fault 9'])
  })
})
