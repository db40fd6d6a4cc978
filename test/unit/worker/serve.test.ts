import { describe, expect, it } from 'vitest'
import type { FromWorker, ToWorker } from '../../../src/shared/worker-frames.ts'
import { serve, type Engine } from '../../../src/worker/serve.ts'
import { countingEngine, countingPcm, SEGMENT, type Hooks } from '../../fakes/fake-engine.ts'
import { settle } from '../../fakes/fake-clock.ts'

interface World {
  readonly complaints: string[]
  readonly said: FromWorker[]
  readonly send: (...frames: ToWorker[]) => Promise<void>
  exits: number
}

function world(load: () => Promise<Engine>): World {
  let listener: (frame: ToWorker) => void = () => undefined
  const said: FromWorker[] = []
  const complaints: string[] = []
  const made: World = {
    complaints,
    said,
    exits: 0,
    async send(...frames) {
      for (const frame of frames) listener(frame)
      await settle()
    },
  }
  serve({
    load,
    post: (frame) => void said.push(frame),
    onFrame: (heard) => {
      listener = heard
    },
    usage: () => ({ rssBytes: 1, cpuMs: 2 }),
    now: () => 0,
    complain: (text) => void complaints.push(text),
    exit: () => void (made.exits += 1),
  })
  return made
}

const address = { generation: 5, session: 1 }
const LOAD: ToWorker = { kind: 'load', generation: 5, model: { folder: '', vad: '', threads: 1 } }
const OPEN: ToWorker = { kind: 'open', ...address, from: 0, live: true }
const FINISH: ToWorker = { kind: 'finish', ...address }

function audio(samples: number): ToWorker {
  return { kind: 'audio', ...address, pcm: countingPcm(0, samples) }
}

function loaded(hooks?: Hooks): World {
  return world(() => Promise.resolve(countingEngine(hooks)))
}

describe('serve', () => {
  it('answers audio with credit, a segment with its line, and the end with the count of samples', async () => {
    const { said, send } = loaded()
    await send(LOAD, OPEN, audio(SEGMENT + 5), FINISH)
    expect(said.map((frame) => frame.kind)).toEqual(['ready', 'settled', 'ingested', 'settled', 'final'])
    expect(said.every((frame) => frame.generation === 5)).toBe(true)
    expect(said.at(-1)).toMatchObject({ samples: SEGMENT + 5 })
  })

  it('refuses when the model cannot be loaded, with the reason', async () => {
    const { said, send } = world(() => Promise.reject(new Error('no such folder')))
    await send(LOAD)
    expect(said).toEqual([
      {
        kind: 'refused',
        generation: 5,
        error: { code: 'internal', message: 'no such folder', cause: 'no such folder' },
      },
    ])
  })

  it('answers a ping and a shutdown at once, also while a decode waits', async () => {
    const hosted = loaded({ beforeDecode: () => new Promise(() => undefined) })
    await hosted.send(
      LOAD,
      OPEN,
      audio(SEGMENT),
      { kind: 'ping', generation: 5 },
      { kind: 'shutdown', generation: 5 },
    )
    expect(hosted.said).toContainEqual({ kind: 'pong', generation: 5, usage: { rssBytes: 1, cpuMs: 2 } })
    expect(hosted.exits).toBe(1)
  })

  it('fails one session and serves the next', async () => {
    let broken = true
    const { said, send } = loaded({
      beforeDecode: () => {
        if (broken) throw new Error('bad segment')
      },
    })
    await send(LOAD, OPEN, audio(SEGMENT), audio(10), FINISH)
    expect(said.filter((frame) => frame.kind === 'failed')).toHaveLength(1)
    expect(said.some((frame) => frame.kind === 'final')).toBe(false)
    broken = false
    await send({ ...OPEN, session: 2 }, { ...audio(10), session: 2 } as ToWorker, { ...FINISH, session: 2 })
    expect(said.at(-1)).toMatchObject({ kind: 'final', session: 2, samples: 10 })
  })

  it('says nothing more of a cancelled session, wherever it was', async () => {
    for (const cancelAt of [1, 2, 3, 4]) {
      const { said, send } = loaded()
      const frames: ToWorker[] = [OPEN, audio(100), audio(100), FINISH]
      frames.splice(cancelAt, 0, { kind: 'cancel', ...address })
      await send(LOAD, ...frames)
      expect(said.some((frame) => frame.kind === 'final' || frame.kind === 'failed')).toBe(false)
      await send({ ...OPEN, session: 2 }, { ...FINISH, session: 2 })
      expect(said.at(-1)).toMatchObject({ kind: 'final', session: 2 })
    }
  })

  it('ignores audio of a session that is not open', async () => {
    const { said, send } = loaded()
    await send(LOAD, audio(100), FINISH)
    expect(said.map((frame) => frame.kind)).toEqual(['ready'])
  })

  it('shows the text so far where somebody watches, once no more audio waits', async () => {
    const { said, send } = loaded()
    await send(LOAD, OPEN, audio(SEGMENT / 2), audio(100))
    expect(said.map((frame) => frame.kind)).toEqual(['ready', 'ingested', 'partial', 'ingested'])
    const unwatched = loaded()
    await unwatched.send(LOAD, { ...OPEN, live: false }, audio(100))
    expect(unwatched.said.map((frame) => frame.kind)).toEqual(['ready', 'ingested'])
  })

  it('tells the stream of a coming end at once, opened already or not', async () => {
    const ENDING: ToWorker = { kind: 'ending', ...address }
    const stable = async (...frames: ToWorker[]): Promise<number | undefined> => {
      const { said, send } = loaded()
      await send(LOAD, ...frames)
      return said.findLast((frame) => frame.kind === 'partial')?.partial.stable.length
    }
    expect(await stable(OPEN, audio(SEGMENT / 2))).toBe(4)
    expect(await stable(OPEN, ENDING, audio(SEGMENT / 2))).toBe(5)
    expect(await stable(ENDING, OPEN, audio(SEGMENT / 2))).toBe(5)
    expect(await stable({ ...ENDING, session: 9 }, OPEN, audio(SEGMENT / 2))).toBe(4)
  })

  it('counts what fails ahead of time for nothing but a word on standard error', async () => {
    const { said, send, complaints } = world(() =>
      Promise.resolve({
        ...countingEngine(),
        openStream: (from, events, signal, live) => {
          live?.failed(new Error('too short'))
          return countingEngine().openStream(from, events, signal, live)
        },
      }),
    )
    await send(LOAD, OPEN, audio(10), FINISH)
    expect(complaints).toEqual(['a decode ahead of time failed: too short'])
    expect(said.at(-1)).toMatchObject({ kind: 'final', samples: 10 })
  })
})
