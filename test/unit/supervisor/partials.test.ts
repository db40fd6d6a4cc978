import { describe, expect, it } from 'vitest'
import { silentLog } from '../../../src/shared/log.ts'
import type { PartialLine } from '../../../src/shared/transcript.ts'
import { TUNING } from '../../../src/shared/tuning.ts'
import { Supervisor } from '../../../src/supervisor/supervisor.ts'
import type { Utterance } from '../../../src/supervisor/utterance.ts'
import { countingEngine, countingPcm, SEGMENT } from '../../fakes/fake-engine.ts'
import { FakeClock, settle } from '../../fakes/fake-clock.ts'
import { MemoryAdapter } from '../../fakes/memory-process.ts'

interface Bench {
  readonly clock: FakeClock
  readonly adapter: MemoryAdapter
  readonly supervisor: Supervisor
}

function bench(): Bench {
  const clock = new FakeClock()
  const adapter = new MemoryAdapter(() => Promise.resolve(countingEngine()))
  const model = { folder: '/models/counting', vad: '/vad', threads: 1 }
  return {
    clock,
    adapter,
    supervisor: new Supervisor({ adapter, clock, log: silentLog, model, tuning: TUNING }),
  }
}

describe('an utterance that somebody watches', () => {
  function watched(supervisor: Supervisor): { utterance: Utterance; seen: string[] } {
    const utterance = supervisor.open({ live: true })
    const seen: string[] = []
    const text = (words: PartialLine['stable']): string => words.map((word) => word.text).join(' ')
    utterance.onPartial(({ stable, tentative }) => seen.push(`${text(stable)} | ${text(tentative)}`))
    utterance.onLine((line) => seen.push(line.text))
    return { utterance, seen }
  }

  async function hear(utterance: Utterance, from: number, to: number): Promise<void> {
    void utterance.write(countingPcm(from, to))
    await settle()
  }

  it('tells its text as it grows, and clears it for the line', async () => {
    const { supervisor } = bench()
    const { utterance, seen } = watched(supervisor)
    await hear(utterance, 0, 3_200)
    await hear(utterance, 3_200, 4_800)
    await hear(utterance, 4_800, SEGMENT)
    expect(seen.slice(0, 4)).toEqual(['0.0 | 0.1', '0.0 0.1 | 0.2', ' | ', '0-15999'])
  })

  it('is silent where nobody watches', async () => {
    const { supervisor, adapter } = bench()
    const utterance = supervisor.open()
    const seen: unknown[] = []
    utterance.onPartial((partial) => seen.push(partial))
    await hear(utterance, 0, 3_200)
    expect(seen).toEqual([])
    expect(adapter.latest.received).toContainEqual(expect.objectContaining({ kind: 'open', live: false }))
  })

  it('keeps what was shown as final while a new worker gets there again', async () => {
    const { supervisor, adapter, clock } = bench()
    const { utterance, seen } = watched(supervisor)
    await hear(utterance, 0, 6_400)
    expect(seen.at(-1)).toBe('0.0 0.1 0.2 | 0.3')
    adapter.latest.end({ code: null, signal: 'SIGSEGV' })
    await clock.advance(1_000)
    await hear(utterance, 6_400, 8_000)
    expect(seen.every((text) => text === '0.0 0.1 0.2 | 0.3' || text.startsWith('0.0 0.1 0.2 '))).toBe(true)
    expect(seen.at(-1)).toBe('0.0 0.1 0.2 0.3 | 0.4')
    await expect(utterance.finish()).resolves.toMatchObject({ text: '0-7999' })
  })

  it('says that its end is near, to every worker that gets it', async () => {
    const { supervisor, adapter, clock } = bench()
    const { utterance } = watched(supervisor)
    await hear(utterance, 0, 1_600)
    utterance.expectEnd()
    utterance.expectEnd()
    const endings = (): number => adapter.latest.received.filter((frame) => frame.kind === 'ending').length
    await settle()
    expect(endings()).toBe(1)
    adapter.latest.end({ code: null, signal: 'SIGSEGV' })
    await clock.advance(1_000)
    expect(endings()).toBe(1)
    await expect(utterance.finish()).resolves.toMatchObject({ text: '0-1599' })
  })
})
