import { describe, expect, it } from 'vitest'
import type { Hypothesis, Model, StreamingDecode, StreamingModel } from '../../../../src/engine/model.ts'
import { readerOf } from '../../../../src/engine/partials/segment-reader.ts'
import type { Pcm } from '../../../../src/shared/audio.ts'

const INFO = { id: 'fake', family: 'fake', language: 'en', maxSeconds: 20 }
/** What a streaming model says only when it is told of the end. */
const END = 0
const { signal } = new AbortController()

function hypothesis(pcm: ArrayLike<number>): Hypothesis {
  return { text: Array.from(pcm).join(' '), words: [] }
}

function disposable(): AsyncDisposable {
  return { [Symbol.asyncDispose]: () => Promise.resolve() }
}

function wholeModel(): Model & { decodes: number } {
  return {
    ...disposable(),
    info: INFO,
    decodes: 0,
    transcribe(pcm) {
      this.decodes += 1
      return Promise.resolve(hypothesis(pcm))
    },
  }
}

function streamingModel(): StreamingModel & { opened: number; heard: number } {
  return {
    ...disposable(),
    info: INFO,
    appendOnly: true,
    opened: 0,
    heard: 0,
    transcribe: (pcm) => Promise.resolve(hypothesis(pcm)),
    open() {
      this.opened += 1
      const decode = (heard: readonly number[]): StreamingDecode => {
        const all = [...heard]
        return {
          push: (pcm: Pcm) => {
            this.heard += pcm.length
            all.push(...pcm)
            return Promise.resolve(hypothesis(all))
          },
          finish: () => {
            all.push(END)
            return Promise.resolve(hypothesis(all))
          },
          fork: () => decode(all),
        }
      }
      return decode([])
    },
  }
}

const PCM = Float32Array.of(1, 2, 3, 4, 5)

describe('a segment of a model that reads whole utterances', () => {
  it('is not decoded twice for the same samples', async () => {
    const model = wholeModel()
    const reader = readerOf(model)
    expect((await reader.partial(PCM.subarray(0, 3), signal)).text).toBe('1 2 3')
    const ahead = await reader.final(PCM, signal)
    expect(await reader.final(PCM, signal)).toBe(ahead)
    expect(model.decodes).toBe(2)
  })

  it('is decoded again when the next one has as many samples', async () => {
    const model = wholeModel()
    const reader = readerOf(model)
    await reader.final(PCM, signal)
    reader.reset()
    expect((await reader.final(Float32Array.of(9, 9, 9, 9, 9), signal)).text).toBe('9 9 9 9 9')
  })
})

describe('a segment of a streaming model', () => {
  it('is given what is new, and each sample once', async () => {
    const model = streamingModel()
    const reader = readerOf(model)
    for (const length of [1, 2, 4]) await reader.partial(PCM.subarray(0, length), signal)
    expect((await reader.final(PCM, signal)).text).toBe('1 2 3 4 5 0')
    expect([model.opened, model.heard]).toEqual([1, 5])
  })

  it('is read to its end ahead of time, shows none of that, and goes on', async () => {
    const model = streamingModel()
    const reader = readerOf(model)
    expect((await reader.ahead(PCM.subarray(0, 3), signal)).text).toBe('1 2 3')
    expect((await reader.final(PCM.subarray(0, 3), signal)).text).toBe('1 2 3 0')
    expect((await reader.final(PCM, signal)).text).toBe('1 2 3 4 5 0')
    expect([model.opened, model.heard]).toEqual([1, 5])
  })

  it('is read anew where the cut falls before what was heard', async () => {
    const model = streamingModel()
    const reader = readerOf(model)
    await reader.partial(PCM, signal)
    expect((await reader.final(PCM.subarray(0, 3), signal)).text).toBe('1 2 3 0')
    expect(model.opened).toBe(2)
  })

  it('leaves nothing to the next', async () => {
    const model = streamingModel()
    const reader = readerOf(model)
    await reader.final(PCM, signal)
    expect((await reader.final(PCM.subarray(0, 2), signal)).text).toBe('1 2 0')
  })
})
