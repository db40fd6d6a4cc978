import { describe, expect, it } from 'vitest'
import { Agreement } from '../../../../src/engine/partials/agreement.ts'
import type { PartialLine, Word } from '../../../../src/shared/transcript.ts'

/** A word each 0.3 s; a word in brackets is one the model is unsure of. */
function words(text: string): Word[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map((word, index) => ({
      text: word.replace(/^\[(.*)\]$/, '$1'),
      start: 0.3 * index,
      end: 0.3 * index + 0.25,
      confidence: word.startsWith('[') ? 0.3 : 0.9,
    }))
}

function read({ stable, tentative }: PartialLine): string {
  return [stable, tentative].map((part) => part.map(({ text }) => text).join(' ')).join(' | ')
}

/** Offers [seconds heard, text] one after another: what is shown after each, as `final | may change`. */
function shown(
  hypotheses: readonly (readonly [number, string])[],
  { span = 0.6, paused = false } = {},
): string[] {
  const agreement = new Agreement(span)
  return hypotheses.map(([untilSeconds, text]) =>
    read(agreement.offer(words(text), { untilSeconds, paused })),
  )
}

describe('what several hypotheses agree on', () => {
  it('is final once it has lived long enough, but for the last word', () => {
    expect(
      shown([
        [2, 'hold a key'],
        [2.3, 'hold a key'],
        [2.6, 'hold a key and'],
      ]),
    ).toEqual([' | hold a key', ' | hold a key', 'hold a key | and'])
  })

  it('is not final for having been said often in a short time', () => {
    expect(
      shown([
        [2, 'hold a key'],
        [2.05, 'hold a key'],
        [2.1, 'hold a key'],
        [2.7, 'hold a key'],
      ]).at(-2),
    ).toBe(' | hold a key')
  })

  it('gains nothing from being said again about the same audio', () => {
    const again = [
      [2, 'set the timer'],
      [2, 'set the timer'],
      [2, 'set the timer'],
    ] as const
    expect(shown(again).at(-1)).toBe(' | set the timer')
    expect(shown([...again, [2.6, 'set the timer']]).at(-1)).toBe('set the | timer')
  })

  it('does not hold a wrong beginning that is corrected soon', () => {
    const seen = shown([
      [1.4, 'em now talking'],
      [1.6, 'em now talking'],
      [1.8, 'em now talking into'],
      [2.1, 'I am now talking into'],
      [2.4, 'I am now talking into'],
      [2.8, 'I am now talking into'],
    ])
    expect(seen.every((text) => !text.startsWith('em'))).toBe(true)
    expect(seen.at(-1)).toBe('I am now talking | into')
  })

  it('takes longer where the model is unsure', () => {
    const doubtful = [
      [3, 'the [rain] in spain'],
      [3.6, 'the [rain] in spain'],
      [4.2, 'the [rain] in spain'],
    ] as const
    expect(shown(doubtful)).toEqual([' | the rain in spain', 'the | rain in spain', 'the rain in | spain'])
  })

  it('is no word that may still become longer', () => {
    expect(
      shown([
        [0.9, 'inter'],
        [1.2, 'inter'],
        [1.6, 'inter'],
        [1.9, 'international'],
        [2.6, 'international law'],
        [3.3, 'international law'],
      ]).at(-1),
    ).toBe('international | law')
    // It ends where the audio does.
    expect(
      shown(
        [
          [0.3, 'on off'],
          [0.65, 'on off'],
          [0.95, 'on off'],
        ],
        { span: 0.3 },
      ).at(-2),
    ).toBe('on | off')
  })

  it('counts the last word too, in a pause', () => {
    expect(
      shown(
        [
          [2, 'that is all'],
          [2.6, 'that is all'],
        ],
        { paused: true },
      ).at(-1),
    ).toBe('that is all | ')
  })

  it('is never taken back, whatever comes', () => {
    const seen = shown([
      [2, 'hello there you'],
      [2.6, 'hello there you'],
      [2.9, 'goodbye now please'],
      [3.2, 'goodbye now please'],
      [3.5, 'goodbye now please'],
    ])
    expect(seen.slice(1).every((text) => text.startsWith('hello there |'))).toBe(true)
  })

  it('takes case and punctuation for no change, and keeps what was shown first', () => {
    expect(
      shown([
        [2, 'hello world again'],
        [2.3, 'Hello, world again'],
        [2.6, 'hello world, again'],
        [2.9, 'Hello, world. again'],
      ]).at(-1),
    ).toBe('hello world, | again')
    expect(
      shown([
        [2, 'hello you'],
        [2.6, 'hello you'],
        [2.9, 'Hello, world'],
      ]).at(-1),
    ).toBe('hello | world')
  })

  it('lets one slip of the model pass as if it had not been', () => {
    expect(
      shown([
        [2, 'turn on the light'],
        [2.3, 'completely unrelated banana split'],
        [2.6, 'turn on the light'],
      ]),
    ).toEqual([' | turn on the light', ' | turn on the light', 'turn on the | light'])
    expect(
      shown([
        [2, 'turn on'],
        [2.3, ''],
        [2.6, 'turn on'],
      ]).at(-1),
    ).toBe('turn | on')
  })

  it('follows a change of mind at its second time', () => {
    expect(
      shown([
        [2, 'turn on the light'],
        [2.3, 'burn all your bridges'],
        [2.6, 'burn all your bridges'],
      ]).at(-1),
    ).toBe(' | burn all your bridges')
  })

  it('takes no growth for a slip', () => {
    expect(
      shown([
        [0.5, 'a'],
        [1, 'alpha beta gamma delta'],
      ]).at(-1),
    ).toBe(' | alpha beta gamma delta')
  })

  it('goes on behind what was final, though the model reads that differently now', () => {
    const agreement = new Agreement(0.6)
    const offer = (untilSeconds: number, text: string): string =>
      read(agreement.offer(words(text), { untilSeconds, paused: false }))
    offer(2, 'the card approached us')
    expect(offer(2.6, 'the card approached us')).toBe('the card approached | us')
    expect(offer(3, 'the current approach is sound')).toBe('the card approached | is sound')
  })

  it('begins anew with the next segment', () => {
    const agreement = new Agreement(0.6)
    for (const untilSeconds of [2, 2.6])
      agreement.offer(words('one two three'), { untilSeconds, paused: false })
    agreement.reset()
    expect(read(agreement.offer(words('four five'), { untilSeconds: 5, paused: false }))).toBe(' | four five')
  })

  it('is all but the last word at once, of a model that only appends', () => {
    expect(
      shown(
        [
          [1, 'hold'],
          [1.3, 'hold a'],
          [1.6, 'hold a key'],
        ],
        { span: 0 },
      ),
    ).toEqual([' | hold', 'hold | a', 'hold a | key'])
  })

  it('only ever grows, over random hypotheses', () => {
    let seed = 1
    const random = (): number => (seed = (1_664_525 * seed + 1_013_904_223) % 2 ** 32) / 2 ** 32
    for (let round = 0; round < 300; round++) {
      const agreement = new Agreement(0.6)
      let before: readonly Word[] = []
      for (let untilSeconds = 0.3; untilSeconds < 6; untilSeconds += 0.1 + 0.5 * random()) {
        const text = Array.from({ length: Math.floor(3 * untilSeconds) }, (_, index) =>
          random() < 0.85 ? `w${index}` : `x${Math.floor(9 * random())}`,
        )
        const { stable } = agreement.offer(words(text.join(' ')), { untilSeconds, paused: random() < 0.1 })
        expect(stable.slice(0, before.length)).toEqual(before)
        before = stable
      }
    }
  })
})
