import { describe, expect, it } from 'vitest'
import { Dictations } from '../../../../src/main/dictation/dictations.ts'
import { EMPTY_PREVIEW } from '../../../../src/shared/dictation.ts'
import { TUNING } from '../../../../src/shared/tuning.ts'
import type { Engine } from '../../../../src/worker/serve.ts'
import { Desk } from '../../../fakes/dictation-world.ts'
import { settle } from '../../../fakes/fake-clock.ts'
import { countingEngine, expectedText, SEGMENT, UNIT16 } from '../../../fakes/fake-engine.ts'
import { said } from '../../text/said.ts'
import { speakingEngine } from '../../../fakes/speaking-engine.ts'
import { FakePort } from '../../../fakes/fake-port.ts'
import { sure } from '../../../fakes/shown.ts'

/** Whether the muttering engine hears somebody speak. */
let speaking = false

/** Settles every second, with a line while somebody speaks. */
function mutteringEngine(): Engine {
  return {
    info: { id: 'muttering', family: 'fake', language: 'en', maxSeconds: 20 },
    openStream: (from, events) => {
      let end = from
      return {
        get end() {
          return end
        },
        push(pcm) {
          end += pcm.length
          const seconds = end / 16_000
          events.settled(
            end,
            speaking ? { text: 'mm', start: seconds - 1, end: seconds, words: [] } : undefined,
          )
          return Promise.resolve()
        },
        expectEnd: () => undefined,
        finish: () => Promise.resolve(),
      }
    },
  }
}

describe('dictations', () => {
  it('turn held speech into a text on the clipboard, through every state', async () => {
    await using desk = new Desk()
    await desk.dictations.warm()
    expect(desk.snapshot.model).toEqual({ state: 'ready', name: 'counting' })
    const id = desk.dictations.start('held')
    await desk.clock.advance(84)
    const port = desk.speak(id, 0, SEGMENT)
    expect(desk.snapshot.dictation).toEqual({ kind: 'listening', id, grip: 'held', readyMs: 84 })
    desk.speak(id, SEGMENT, SEGMENT + 50, port)
    expect(desk.snapshot.meter?.seconds).toBeCloseTo((SEGMENT + 50) / 16_000)
    desk.dictations.stop()
    port.say({ kind: 'end', samples: SEGMENT + 50 })
    await settle()
    await settle()
    expect(desk.states).toEqual(['idle', 'starting', 'listening', 'finishing', 'delivering', 'idle'])
    expect(desk.clipboard).toEqual([expectedText(SEGMENT + 50)])
    expect(desk.snapshot.outcome).toEqual({ kind: 'copied' })
    expect(desk.snapshot.lines?.map(({ text }) => text).join(' ')).toBe(expectedText(SEGMENT + 50))
    expect(desk.custody.rows()).toMatchObject([{ id, text: expectedText(SEGMENT + 50), hasSound: true }])
  })

  it('show their text as it is spoken, and let the worker know that the end is near', async () => {
    await using desk = new Desk()
    await desk.dictations.warm()
    const id = desk.dictations.start('held')
    const port = desk.speak(id, 0, 3_200)
    await settle()
    expect(desk.snapshot.preview).toEqual({ stable: sure('0.0'), tentative: sure('0.1') })
    desk.dictations.stop()
    desk.speak(id, 3_200, 4_800, port)
    await settle()
    expect(desk.snapshot.preview).toEqual({ stable: sure('0.0 0.1 0.2'), tentative: sure('') })
    port.say({ kind: 'end', samples: 4_800 })
    await settle()
    expect(desk.snapshot.preview).toEqual(EMPTY_PREVIEW)
    expect(desk.clipboard).toEqual([expectedText(4_800)])
  })

  it('write what a person would have typed, with the raw text a key away', async () => {
    const lines = said('um we need | twenty four chairs')
    await using desk = new Desk(() => speakingEngine(lines))
    const id = await desk.dictate(100)
    const [raw, edited] = ['um we need twenty four chairs', 'We need 24 chairs.']
    expect(desk.snapshot.lines).toEqual([sure(edited)])
    expect(desk.custody.rows()).toMatchObject([{ id, raw, text: edited, undone: [] }])

    const before = desk.snapshot.outcome
    await desk.dictations.rawLast()
    expect(desk.custody.rows()).toMatchObject([{ id, raw, text: raw }])
    expect(desk.snapshot.lines).toEqual([sure(raw)])
    // News for the overlay and the screen reader.
    expect(desk.snapshot.outcome).toEqual({ kind: 'copied' })
    expect(desk.snapshot.outcome).not.toBe(before)
    await desk.dictations.copyLast()
    await desk.dictations.rawLast()
    expect(desk.clipboard).toEqual([edited, raw, raw, edited])
    expect(desk.custody.rows()).toMatchObject([{ text: edited, undone: [] }])
  })

  it('undo one edit of any text, and leave the text on the stage alone when it is another', async () => {
    await using desk = new Desk(() => speakingEngine(said('um we need twenty four chairs')))
    const [first, second] = [await desk.dictate(100), await desk.dictate(100)]
    const number = desk.custody.rows()[0]?.edits.findIndex(({ kind }) => kind === 'number') ?? -1
    await desk.dictations.undoEdits(first, [number])
    expect(desk.clipboard.at(-1)).toBe('We need twenty four chairs.')
    expect(desk.snapshot.lines).toEqual([sure('We need 24 chairs.')])
    await desk.dictations.undoEdits(second, [number])
    expect(desk.snapshot.lines).toEqual([sure('We need twenty four chairs.')])
    await expect(desk.dictations.undoEdits(second, [99])).rejects.toThrow('no such edit')
    await expect(desk.dictations.undoEdits(99, [])).rejects.toThrow('There is no dictation 99.')
  })

  it('edit by the settings they began with, and anew when they are decoded again', async () => {
    await using desk = new Desk(() => speakingEngine(said('um twenty four chairs')))
    const id = desk.dictations.start('held')
    const port = desk.speak(id, 0, 100)
    desk.settings = { ...desk.settings, numbersAsDigits: false }
    desk.dictations.stop()
    port.say({ kind: 'end', samples: 100 })
    await settle()
    await settle()
    expect(desk.clipboard).toEqual(['24 chairs.'])
    await desk.dictations.rawLast()
    await desk.dictations.retryLast()
    expect(desk.clipboard.at(-1)).toBe('Twenty four chairs.')
    expect(desk.custody.rows()).toMatchObject([{ raw: 'um twenty four chairs', undone: [] }])
  })

  it('edit by the language of the model that decoded', async () => {
    await using desk = new Desk(() => speakingEngine(said('äh vierundzwanzig stühle'), 'de'))
    await desk.dictate(100)
    expect(desk.clipboard).toEqual(['24 stühle'])
  })

  it('have heard nothing where the edits leave nothing, and keep what it was', async () => {
    await using desk = new Desk(() => speakingEngine(said('um')))
    await desk.dictate(100)
    expect(desk.snapshot).toMatchObject({ outcome: { kind: 'nothing-heard' }, lines: [] })
    expect(desk.custody.rows()).toMatchObject([{ raw: 'um', text: '' }])
    expect(desk.clipboard).toEqual([])
    await desk.dictations.rawLast()
    expect(desk.told.at(-1)).toBe('There is no text to show as it was heard.')
  })

  it('say so when nothing was edited', async () => {
    await using desk = new Desk()
    await desk.dictate(10)
    await desk.dictations.rawLast()
    expect(desk.told).toEqual(['The last text is as it was heard: nothing was edited.'])
    expect(desk.clipboard).toHaveLength(1)
  })

  it('start once, however often they are asked', async () => {
    await using desk = new Desk()
    const id = desk.dictations.start('held')
    expect(desk.dictations.start('latched')).toBe(id)
    expect(desk.commands).toEqual([`start ${id}`])
  })

  it('take a new one while the last is still decoded, and keep the two apart and in order', async () => {
    await using desk = new Desk()
    const first = desk.dictations.start('held')
    const one = desk.speak(first, 0, 30)
    desk.dictations.stop()
    const second = desk.dictations.start('held')
    const two = desk.speak(second, 0, 40)
    one.say({ kind: 'end', samples: 30 })
    desk.dictations.stop()
    two.say({ kind: 'end', samples: 40 })
    await settle()
    await settle()
    expect(desk.clipboard).toEqual([expectedText(30), expectedText(40)])
    expect(desk.custody.rows().map(({ text }) => text)).toEqual([expectedText(40), expectedText(30)])
  })

  it('say when nothing was heard, and leave no row when the voice had begun it', async () => {
    await using desk = new Desk()
    await desk.dictate(0)
    expect(desk.snapshot.outcome).toEqual({ kind: 'nothing-heard' })
    desk.settings = { ...desk.settings, handsFree: true }
    const rows = desk.custody.rows().length
    desk.dictations.voice(true)
    desk.dictations.stop()
    await desk.clock.advance(TUNING.captureDrainMs)
    expect(desk.custody.rows()).toHaveLength(rows)
    expect(desk.clipboard).toEqual([])
  })

  it('keep the sound of a cancelled one, and bring it back', async () => {
    await using desk = new Desk()
    const id = desk.dictations.start('held')
    const port = desk.speak(id, 0, 100)
    desk.dictations.cancel()
    expect(desk.snapshot).toMatchObject({ dictation: { kind: 'idle' }, outcome: { kind: 'cancelled' } })
    // What was under way when the key was pressed is kept, too.
    desk.speak(id, 100, 150, port)
    port.say({ kind: 'end', samples: 150 })
    await settle()
    expect(desk.clipboard).toEqual([])
    await desk.dictations.undo()
    expect(desk.clipboard).toEqual([expectedText(150)])
    expect(desk.custody.rows()).toMatchObject([{ id, outcome: { kind: 'copied' } }])
    await desk.dictations.undo()
    expect(desk.told.at(-1)).toBe('There is no cancelled dictation to bring back.')
  })

  it('forget one that was no dictation after all', async () => {
    await using desk = new Desk()
    const port = desk.speak(desk.dictations.start('held'), 0, 100)
    desk.dictations.discard()
    await settle()
    expect(port.closed).toBe(true)
    expect(desk.custody.rows()).toEqual([])
    expect(desk.snapshot.outcome).toBeUndefined()
  })

  it('say why the microphone gives nothing, and what to do', async () => {
    await using desk = new Desk()
    desk.dictations.captureFailed(desk.dictations.start('held'), 'denied', 'NotAllowedError')
    expect(desk.snapshot.outcome).toMatchObject({
      kind: 'failed',
      error: { message: 'Steno may not use the microphone.' },
    })
    desk.dictations.start('held')
    await desk.clock.advance(TUNING.captureStartMs)
    expect(desk.snapshot.outcome).toMatchObject({ kind: 'failed', error: { code: 'capture-silent' } })
  })

  it('transcribe what was heard before the microphone went, and before its page did', async () => {
    await using desk = new Desk()
    const id = desk.dictations.start('held')
    const port = desk.speak(id, 0, 60)
    desk.dictations.captureFailed(id, 'lost', 'ended')
    port.say({ kind: 'end', samples: 60 })
    await settle()
    await settle()
    expect(desk.clipboard).toEqual([expectedText(60)])
    expect(desk.told).toContain('The microphone was unplugged.')

    const other = desk.speak(desk.dictations.start('held'), 0, 70)
    desk.dictations.captureGone()
    other.close()
    await settle()
    await settle()
    expect(desk.clipboard.at(-1)).toBe(expectedText(70))
  })

  it('keep the sound when no worker can be had, and decode it when one can', async () => {
    let broken = true
    await using desk = new Desk(() =>
      countingEngine(
        {
          beforeDecode: () => {
            if (broken) throw new Error('bad weights')
          },
        },
        UNIT16,
      ),
    )
    const id = await desk.dictate(90)
    expect(desk.snapshot.outcome).toMatchObject({ kind: 'failed' })
    broken = false
    await desk.dictations.retry(id)
    expect(desk.clipboard).toEqual([expectedText(90)])
  })

  it('keep a text that the clipboard refuses, to be copied later', async () => {
    await using desk = new Desk()
    desk.clipboardFault = new Error('locked')
    await desk.dictate(20)
    expect(desk.snapshot.outcome).toMatchObject({ kind: 'undelivered' })
    desk.clipboardFault = undefined
    await desk.dictations.copyLast()
    expect(desk.clipboard).toEqual([expectedText(20)])
  })

  it('end by silence as the grip wants it', async () => {
    await using desk = new Desk()
    desk.settings = { ...desk.settings, handsFree: true, handsFreeSilenceMs: 1_500, autoStopSilenceMs: 4_000 }
    desk.dictations.voice(true)
    const handsFree = desk.snapshot.dictation
    expect(handsFree).toMatchObject({ kind: 'starting', grip: 'hands-free' })
    desk.dictations.voice(false)
    await desk.clock.advance(1_000)
    desk.dictations.voice(true)
    desk.dictations.voice(false)
    await desk.clock.advance(1_499)
    expect(desk.snapshot.dictation?.kind).toBe('starting')
    await desk.clock.advance(1)
    expect(desk.snapshot.dictation?.kind).toBe('finishing')

    await desk.clock.advance(TUNING.captureDrainMs)
    desk.speak(desk.dictations.start('latched'), 0, 10)
    desk.dictations.voice(false)
    // Before the first word people think.
    await desk.clock.advance(TUNING.firstWordMs - 1)
    expect(desk.snapshot.dictation?.kind).not.toBe('finishing')
    desk.dictations.voice(true)
    desk.dictations.voice(false)
    await desk.clock.advance(4_000)
    expect(desk.snapshot.dictation?.kind).toBe('finishing')
  })

  it('are not ended for a silence that nobody can hear any more', async () => {
    await using desk = new Desk()
    desk.settings = { ...desk.settings, autoStopSilenceMs: 1_000 }
    desk.speak(desk.dictations.start('latched'), 0, 10)
    desk.dictations.voice(true)
    desk.dictations.voice(false)
    desk.dictations.deaf()
    await desk.clock.advance(60_000)
    expect(desk.snapshot.dictation?.kind).toBe('listening')
  })

  it('notice a key that is stuck, and not one that is held through a long speech', async () => {
    const minute = 60 * 16_000
    await using desk = new Desk(mutteringEngine)
    const id = desk.dictations.start('held')
    let port = desk.speak(id, 0, 100)
    const say = async (from: number, to: number): Promise<void> => {
      for (let at = from; at < to; at += 16_000) {
        port.say({ kind: 'pcm', from: at, pcm: new Float32Array(Math.min(16_000, to - at)) })
        await settle()
      }
    }
    await say(100, minute - 100)
    expect(desk.snapshot.dictation?.kind).toBe('listening')
    await say(minute - 100, minute + 32_000)
    expect(desk.snapshot.dictation?.kind).toBe('finishing')
    expect(desk.told.at(-1)).toMatch(/^The key was held for a long time/)
    await desk.clock.advance(TUNING.captureDrainMs)

    const next = desk.dictations.start('held')
    port = new FakePort()
    desk.dictations.attach(next, port)
    speaking = true
    await say(0, 2 * minute)
    expect(desk.snapshot.dictation?.kind).toBe('listening')
  })

  it('take what a former run left, and tell of it', async () => {
    await using desk = new Desk()
    const id = desk.dictations.start('held')
    desk.speak(id, 0, 80)
    desk.restart()
    expect(desk.leftOvers()).toEqual([id])
    await desk.dictations.recover(desk.leftOvers())
    const text = expectedText(80)
    expect(desk.custody.rows()).toMatchObject([{ id, text, outcome: { kind: 'interrupted' } }])
    expect(desk.clipboard).toEqual([])
    expect(desk.told).toHaveLength(1)
    expect(desk.told[0]).toMatch(/^Recovered from \d.*: “/)
    expect(desk.told[0]).toContain(text.slice(0, 20))
    expect(desk.leftOvers()).toEqual([])
  })

  it('come before what a former run left, which is not lost for it', async () => {
    await using desk = new Desk()
    const first = desk.dictations.start('held')
    desk.speak(first, 0, 80)
    desk.restart()
    const recovered = desk.dictations.recover(desk.leftOvers())
    const id = await desk.dictate(160)
    expect(desk.clipboard).toEqual([expectedText(160)])
    await recovered
    expect(desk.custody.rows()).toMatchObject([
      { id, text: expectedText(160), outcome: { kind: 'copied' } },
      { id: first, text: expectedText(80), outcome: { kind: 'interrupted' } },
    ])
  })

  it('leave what was not recovered to the next start when Steno ends meanwhile', async () => {
    await using desk = new Desk()
    const id = desk.dictations.start('held')
    desk.speak(id, 0, 80)
    desk.restart()
    const recovered = desk.dictations.recover(desk.leftOvers())
    desk.restart()
    await recovered
    expect(desk.told).toEqual([])
    expect(desk.leftOvers()).toEqual([id])
  })

  it('refuse what they do not know, and a second port', async () => {
    await using desk = new Desk()
    expect(() => {
      desk.dictations.attach(7, new FakePort())
    }).toThrow('There is no dictation 7.')
    const id = desk.dictations.start('held')
    desk.speak(id, 0, 10)
    expect(() => {
      desk.dictations.attach(id, new FakePort())
    }).toThrow('has its sound already')
    await expect(desk.dictations.retry(id)).rejects.toThrow('still under way')
    await expect(desk.dictations.retry(99)).rejects.toThrow('There is no dictation 99.')
    await expect(desk.dictations.copy(99)).rejects.toThrow('has no text')
  })

  it('start nothing once they are put away', async () => {
    await using desk = new Desk()
    desk.dictations[Symbol.dispose]()
    expect(() => desk.dictations.start('held')).toThrow('Steno is closing.')
    expect(desk.dictations).toBeInstanceOf(Dictations)
  })
})
