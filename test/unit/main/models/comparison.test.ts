import { expect, it } from 'vitest'
import { Comparison } from '../../../../src/main/models/comparison.ts'
import type { ReadResult } from '../../../../src/main/models/read-with.ts'
import { StenoError } from '../../../../src/shared/errors.ts'
import type { Reading } from '../../../../src/shared/models.ts'

const SOUND = new Float32Array(16_000)

class Bench {
  readonly begun: string[] = []
  readonly pending = new Map<string, PromiseWithResolvers<ReadResult>>()
  readings: readonly Reading[] = []
  readonly comparison = new Comparison({
    readWith: (request, _pcm, { signal } = {}) => {
      this.begun.push(request.folder)
      const pending = Promise.withResolvers<ReadResult>()
      this.pending.set(request.folder, pending)
      signal?.addEventListener('abort', () => {
        pending.reject(signal.reason)
      })
      return pending.promise
    },
    requestOf: (name) => ({ folder: name, vad: '', threads: 1 }),
    publish: (readings) => {
      this.readings = readings
    },
  })

  get kinds(): string[] {
    return this.readings.map(({ name, result }) => `${name} ${result.kind}`)
  }

  async read(name: string, text: string): Promise<void> {
    const model = { id: name, family: 'fake', language: 'en', maxSeconds: 20 }
    const result = { text, lines: [], words: [], durationSeconds: 1, model, realTimeFactor: 0.5 }
    this.pending.get(name)?.resolve(result)
    await settled()
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

it('reads with one model after the other, and says how far it is', async () => {
  const bench = new Bench()
  const done = bench.comparison.run(['a', 'b'], SOUND)
  expect(bench.kinds).toEqual(['a reading', 'b waiting'])
  await bench.read('a', 'hello')
  expect(bench.kinds).toEqual(['a read', 'b reading'])
  bench.pending.get('b')?.reject(new StenoError('model-corrupt', 'It is damaged.'))
  await done
  expect(bench.readings).toMatchObject([
    { name: 'a', result: { text: 'hello', realTimeFactor: 0.5 } },
    { name: 'b', result: { kind: 'failed', error: { code: 'model-corrupt' } } },
  ])
})

it('keeps what was read when it is stopped, and begins nothing more', async () => {
  const bench = new Bench()
  const done = bench.comparison.run(['a', 'b', 'c'], SOUND)
  await bench.read('a', 'hello')
  bench.comparison.stop()
  await done
  expect(bench.kinds).toEqual(['a read'])
  expect(bench.begun).toEqual(['a', 'b'])
})

it('gives way to the next one', async () => {
  const bench = new Bench()
  const first = bench.comparison.run(['a'], SOUND)
  const second = bench.comparison.run(['b'], SOUND)
  await first
  await bench.read('b', 'hello')
  await second
  expect(bench.kinds).toEqual(['b read'])
})
