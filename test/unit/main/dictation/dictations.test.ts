import { describe, expect, it } from 'vitest'
import { Dictations } from '../../../../src/main/dictation/dictations.ts'
import { silentLog } from '../../../../src/shared/log.ts'
import { TUNING } from '../../../../src/shared/tuning.ts'
import { Supervisor } from '../../../../src/supervisor/supervisor.ts'
import { FakeClock, settle } from '../../../fakes/fake-clock.ts'
import { countingEngine, countingPcm, expectedText, SEGMENT } from '../../../fakes/fake-engine.ts'
import { FakePort } from '../../../fakes/fake-port.ts'
import { MemoryAdapter } from '../../../fakes/memory-process.ts'

function setup(): { dictations: Dictations; states: string[] } {
  const supervisor = new Supervisor({
    adapter: new MemoryAdapter(() => Promise.resolve(countingEngine())),
    clock: new FakeClock(),
    log: silentLog,
    model: { folder: '', vad: '', threads: 1 },
    tuning: TUNING,
  })
  const dictations = new Dictations(supervisor)
  const states: string[] = []
  dictations.onSnapshot(({ state }) => {
    if (states.at(-1) !== state.kind) states.push(state.kind)
  })
  return { dictations, states }
}

describe('dictations', () => {
  it('turn sound into lines, through every state', async () => {
    const { dictations, states } = setup()
    await dictations.warm()
    const id = dictations.begin()
    const port = new FakePort()
    dictations.attach(id, port)
    port.say({ kind: 'pcm', from: 0, pcm: countingPcm(0, SEGMENT) })
    port.say({ kind: 'pcm', from: SEGMENT, pcm: countingPcm(SEGMENT, SEGMENT + 50) })
    port.say({ kind: 'end', samples: SEGMENT + 50 })
    await settle()
    expect(states).toEqual(['idle', 'starting', 'listening', 'finishing', 'idle'])
    expect(dictations.snapshot.lines.join(' ')).toBe(expectedText(SEGMENT + 50))
    expect(dictations.snapshot).toMatchObject({ model: 'counting', error: undefined })
  })

  it('show why the microphone could not be opened', () => {
    const { dictations } = setup()
    dictations.captureFailed(dictations.begin(), 'No microphone was found.')
    expect(dictations.snapshot).toMatchObject({
      state: { kind: 'idle' },
      error: { code: 'capture-failed', message: 'No microphone was found.' },
    })
  })

  it('refuse what they do not know, and a second port', () => {
    const { dictations } = setup()
    expect(() => dictations.cancel(7)).toThrow('There is no dictation 7.')
    const id = dictations.begin()
    dictations.attach(id, new FakePort())
    expect(() => {
      dictations.attach(id, new FakePort())
    }).toThrow('has its sound already')
    dictations.cancel(id)
    expect(() => {
      dictations.attach(id, new FakePort())
    }).toThrow('There is no dictation')
  })

  it('take a new one while the last is still decoded, and keep the two apart', async () => {
    const { dictations } = setup()
    const [first, second] = [new FakePort(), new FakePort()]
    dictations.attach(dictations.begin(), first)
    first.say({ kind: 'pcm', from: 0, pcm: countingPcm(0, 30) })
    first.say({ kind: 'end', samples: 30 })
    dictations.attach(dictations.begin(), second)
    second.say({ kind: 'pcm', from: 0, pcm: countingPcm(0, 40) })
    second.say({ kind: 'end', samples: 40 })
    await settle()
    await settle()
    expect(dictations.snapshot).toMatchObject({ state: { kind: 'idle' }, lines: [expectedText(40)] })
  })
})
