import { describe, expect, it } from 'vitest'
import { takeSound } from '../../../../src/main/dictation/sound-intake.ts'
import { FakePort } from '../../../fakes/fake-port.ts'
import { joined } from '../../../fakes/speech.ts'

function intake(): { port: FakePort; written: Float32Array[]; ends: (string | undefined)[] } {
  const port = new FakePort()
  const written: Float32Array[] = []
  const ends: (string | undefined)[] = []
  takeSound(port, {
    sound: (frame) => void written.push(frame),
    ended: (fault) => void ends.push(fault?.message),
  })
  return { port, written, ends }
}

const pcm = (from: number, ...samples: number[]): unknown => ({
  kind: 'pcm',
  from,
  // Sixteenths lie on the grid of sixteen bits.
  pcm: Float32Array.from(samples, (sample) => sample / 16),
})
const sixteenths = (...samples: number[]): number[] => samples.map((sample) => sample / 16)

describe('the intake', () => {
  it('rounds to the sixteen bits that are kept, and clips', () => {
    const { port, written } = intake()
    port.say({ kind: 'pcm', from: 0, pcm: Float32Array.of(0.1, 1.5, -2) })
    expect([...joined(written)]).toEqual([3277 / 32_768, 32_767 / 32_768, -1])
  })

  it('writes what comes, in order, and ends at the end', () => {
    const { port, written, ends } = intake()
    port.say(pcm(0, 1, 2))
    port.say(pcm(2, 3))
    port.say({ kind: 'end', samples: 3 })
    expect([...joined(written)]).toEqual(sixteenths(1, 2, 3))
    expect(ends).toEqual([undefined])
    expect(port.closed).toBe(true)
  })

  it('keeps what came and says how much is missing', () => {
    const { port, written, ends } = intake()
    port.say(pcm(0, 1))
    port.say(pcm(8_001, 2))
    port.say({ kind: 'end', samples: 16_002 })
    expect([...joined(written)]).toEqual(sixteenths(1, 2))
    expect(ends).toEqual(['1.0 s of sound did not arrive.'])
  })

  it('refuses a frame that came twice', () => {
    const { port, written } = intake()
    port.say(pcm(0, 1, 2))
    port.say(pcm(1, 2))
    expect(written).toHaveLength(1)
    expect(port.refusals).toHaveLength(1)
  })

  it('ends what a closed window had begun', () => {
    const { port, ends } = intake()
    port.say(pcm(0, 1))
    port.close()
    expect(ends).toEqual([undefined])
  })

  it('puts silence where a driver gave NaN', () => {
    const { port, written } = intake()
    port.say(pcm(0, 1, NaN, -Infinity, 2))
    expect([...joined(written)]).toEqual(sixteenths(1, 0, 0, 2))
  })

  it.each([
    undefined,
    null,
    7,
    'pcm',
    [],
    {},
    { kind: 'pcm' },
    { kind: 'pcm', from: 0, pcm: [1, 2] },
    { kind: 'pcm', from: -1, pcm: new Float32Array(1) },
    { kind: 'pcm', from: 0.5, pcm: new Float32Array(1) },
    { kind: 'pcm', from: 0, pcm: new Float64Array(1) },
    { kind: 'pcm', from: 0, pcm: new Float32Array(1e6) },
    { kind: 'end', samples: '3' },
    { kind: 'end' },
    { kind: '__proto__' },
  ])('answers %j with a refusal and goes on', (message) => {
    const { port, written, ends } = intake()
    port.say(message)
    expect(port.refusals[0]?.message).toMatch(/^A sound frame was refused/)
    port.say(pcm(0, 5))
    expect(written).toHaveLength(1)
    expect(ends).toEqual([])
  })
})
