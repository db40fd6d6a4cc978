import { describe, expect, it } from 'vitest'
import { loadModel } from '../../../../src/engine/models/load.ts'
import type { StreamingModel } from '../../../../src/engine/model.ts'
import { readerOf } from '../../../../src/engine/partials/segment-reader.ts'
import { loadRuntime } from '../../../../src/engine/runtime.ts'
import { samplesOf } from '../../../../src/shared/audio.ts'
import { babble } from '../../../onnx/random.ts'
import { ZOO } from '../../../onnx/zoo.ts'
import { inOwnFolder } from '../../../fakes/own-folder.ts'

const STREAMING = ZOO.filter(({ name }) => /Zipformer|streaming/.test(name))
const noise = babble(8, samplesOf(3))
const { signal } = new AbortController()

let folder: string
inOwnFolder((made) => {
  folder = made
})

describe.each(STREAMING)('the end read ahead: $name', ({ make }) => {
  async function load(): Promise<StreamingModel> {
    await make(folder)
    const model = await loadModel(await loadRuntime(), { folder, vad: '', threads: 1 })
    if ('open' in model) return model as StreamingModel
    throw new Error('it does not stream')
  }

  it('is the text if nothing follows, and changes nothing of what does', async () => {
    await using model = await load()
    const whole = await model.transcribe(noise)
    expect(whole.text).not.toBe('')
    const decode = model.open()
    for (let at = 0; at < noise.length; at += samplesOf(0.5)) {
      await decode.push(noise.subarray(at, at + samplesOf(0.5)))
      const heard = noise.slice(0, at + samplesOf(0.5))
      expect(await decode.fork().finish()).toEqual(await model.transcribe(heard))
    }
    expect(await decode.finish()).toEqual(whole)
  })

  it('is not read twice', async () => {
    await using model = await load()
    const reader = readerOf(model)
    await reader.ahead(noise.subarray(0, samplesOf(1)), signal)
    await reader.partial(noise.subarray(0, samplesOf(2)), signal)
    await reader.ahead(noise, signal)
    const known = await reader.final(noise, signal)
    expect(known).toEqual(await model.transcribe(noise))
    expect(await reader.final(noise, signal)).toBe(known)
  })
})
