import { beforeEach, describe, expect, test } from 'vitest'
import { Source } from '../../../../src/renderer/src/capture/source.ts'
import { TUNING } from '../../../../src/shared/tuning.ts'
import { FakeClock, settle } from '../../../fakes/fake-clock.ts'
import { FakeMicrophones, frameOf, named } from '../../../fakes/fake-microphones.ts'

let clock: FakeClock
let microphones: FakeMicrophones
let told: string[]
let source: Source

async function build(...plugged: readonly string[]): Promise<void> {
  clock = new FakeClock()
  microphones = new FakeMicrophones(...plugged)
  told = []
  source = new Source(microphones, clock, TUNING, {
    frame: () => undefined,
    opened: () => told.push('opened'),
    failed: ({ fault }) => told.push(`failed: ${fault}`),
    switched: ({ id }, because) => told.push(`switched to ${id}: ${because}`),
    devices: () => undefined,
  })
  await settle()
}

function prefer(...ids: readonly string[]): void {
  source.prefer(ids.map((id) => ({ id, label: `label of ${id}` })))
}

async function open(): Promise<void> {
  source.open()
  await settle()
}

beforeEach(async () => {
  await build('desk', 'head', 'usb')
})

describe('opening', () => {
  test('takes the first of the chain that opens', async () => {
    prefer('usb', 'head')
    microphones.faults.set('usb', named('NotReadableError'))
    await open()
    expect(microphones.openings).toEqual(['usb', 'head'])
    expect(source.state).toBe('open')
    expect(told).toEqual(['opened'])
  })

  test('ends with the choice of the system, and tells the most useful fault', async () => {
    prefer('usb')
    microphones.faults.set('usb', named('NotReadableError'))
    microphones.faults.set('default', named('NotFoundError'))
    await open()
    expect(microphones.openings).toEqual(['usb', 'default'])
    expect(told).toEqual(['failed: busy'])
    expect(source.state).toBe('closed')
  })

  test('asks no further when it is not allowed', async () => {
    prefer('usb', 'head')
    microphones.faults.set('usb', named('NotAllowedError'))
    await open()
    expect(microphones.openings).toEqual(['usb'])
    expect(told).toEqual(['failed: denied'])
  })

  test('gives up on a device that hangs, and gives it back should it open after all', async () => {
    microphones.hung = true
    await open()
    await clock.advance(TUNING.microphoneOpenMs)
    expect(told).toEqual(['failed: broken'])
    microphones.unhang()
    await settle()
    expect(microphones.inUse).toEqual([])
  })

  test('closed meanwhile, a device that opens late is given back unheard', async () => {
    microphones.hung = true
    await open()
    source.close()
    microphones.unhang()
    await settle()
    expect(microphones.inUse).toEqual([])
    expect(told).toEqual([])
  })
})

describe('losing', () => {
  test('goes on with the next, and says which', async () => {
    prefer('usb', 'head')
    await open()
    microphones.give(frameOf(1))
    microphones.unplug('usb')
    await settle()
    expect(microphones.inUse).toEqual(['head'])
    expect(told).toEqual(['opened', 'opened', 'switched to head: lost'])
  })

  test('waits a moment for the system to choose another', async () => {
    await open()
    microphones.give(frameOf(1))
    microphones.unplug('desk')
    await settle()
    expect(source.state).toBe('opening')
    microphones.chooseSystem('head')
    await clock.advance(TUNING.deviceSettleMs)
    expect(microphones.inUse).toEqual(['head'])
    expect(told.at(-1)).toBe('switched to head: lost')
  })

  test('tells that it was lost when there is no other', async () => {
    await build('desk')
    await open()
    microphones.unplug('desk')
    await clock.advance(TUNING.deviceSettleMs)
    expect(told).toEqual(['opened', 'failed: lost'])
  })

  test('closed while the next is looked for, it opens none', async () => {
    await open()
    microphones.unplug('desk')
    source.close()
    await clock.advance(TUNING.deviceSettleMs)
    expect(microphones.inUse).toEqual([])
    expect(told).toEqual(['opened'])
  })
})

describe('a microphone that falls silent', () => {
  test('is opened anew, once it has given sound', async () => {
    await open()
    microphones.give(frameOf(1))
    await clock.advance(2 * TUNING.captureStallMs)
    expect(microphones.openings).toEqual(['default', 'default'])
    expect(told).toEqual(['opened', 'opened'])
  })

  test('is not tried again and again when it never gave any', async () => {
    await open()
    await clock.advance(TUNING.firstFrameMs - 1)
    expect(source.state).toBe('open')
    await clock.advance(10 * TUNING.firstFrameMs)
    expect(microphones.openings).toEqual(['default'])
    expect(told).toEqual(['opened', 'failed: broken'])
    expect(microphones.inUse).toEqual([])
  })

  test('is not one that speaks', async () => {
    await open()
    for (let n = 0; n < 20; n++) {
      microphones.give(frameOf(0))
      await clock.advance(TUNING.captureStallMs / 2)
    }
    expect(microphones.openings).toEqual(['default'])
  })

  test('nor one whose frames were held up with the page', async () => {
    await open()
    microphones.give(frameOf(1), frameOf(1))
    await clock.advance(TUNING.captureStallMs / 2)
    await clock.sleep(60_000)
    microphones.give(frameOf(1))
    await clock.advance(TUNING.captureStallMs / 2)
    expect(microphones.openings).toEqual(['default'])
  })
})

describe('improving', () => {
  test('goes over to a preferred microphone that was plugged in', async () => {
    prefer('new', 'usb')
    await open()
    microphones.plug('new')
    await settle()
    source.improve()
    await settle()
    expect(microphones.inUse).toEqual(['new'])
    expect(told.at(-1)).toBe('switched to new: preferred')
  })

  test('comes back when the better one does not open, and does not try it again at once', async () => {
    prefer('new')
    await open()
    microphones.faults.set('new', named('NotReadableError'))
    microphones.plug('new')
    await settle()
    for (let n = 0; n < 3; n++) {
      source.improve()
      await settle()
    }
    expect(microphones.openings).toEqual(['default', 'new', 'default'])
    expect(told).toEqual(['opened', 'opened'])
  })

  test('follows the choice of the system, and stays where nothing changed', async () => {
    await open()
    source.improve()
    expect(source.state).toBe('open')
    microphones.chooseSystem('head')
    await settle()
    source.improve()
    await settle()
    expect(microphones.inUse).toEqual(['head'])
    expect(told.at(-1)).toBe('switched to head: default')
  })

  test('does nothing while closed or opening', async () => {
    source.improve()
    microphones.hung = true
    await open()
    source.improve()
    expect(microphones.openings).toEqual(['default'])
  })
})
