import { describe, expect, test } from 'vitest'
import {
  chainOf,
  choicesOf,
  realDevice,
  systemChoiceKey,
} from '../../../../src/renderer/src/capture/device-chain.ts'
import type { AudioInput } from '../../../../src/renderer/src/capture/microphones.ts'

const INPUTS: readonly AudioInput[] = [
  { id: 'default', label: 'Default - Desk', group: 'g1' },
  { id: 'communications', label: 'Communications - Head', group: 'g2' },
  { id: 'a', label: 'Desk', group: 'g1' },
  { id: 'b', label: 'Head', group: 'g2' },
]

describe('the chain of microphones', () => {
  test('keeps the order of the user and ends with the choice of the system', () => {
    const wanted = [
      { id: 'b', label: 'Head' },
      { id: 'a', label: 'Desk' },
    ]
    expect(chainOf(wanted, INPUTS)).toEqual(['b', 'a', 'default'])
    expect(chainOf([], INPUTS)).toEqual(['default'])
  })

  test('leaves out what is not plugged in', () => {
    expect(
      chainOf(
        [
          { id: 'x', label: 'Gone' },
          { id: 'a', label: 'Desk' },
        ],
        INPUTS,
      ),
    ).toEqual(['a', 'default'])
  })

  test('finds a microphone by its label when its id has changed, and only once', () => {
    expect(
      chainOf(
        [
          { id: 'old', label: 'Head' },
          { id: 'b', label: 'Head' },
        ],
        INPUTS,
      ),
    ).toEqual(['b', 'default'])
  })

  test('prefers the id over the label', () => {
    expect(chainOf([{ id: 'a', label: 'Head' }], INPUTS)).toEqual(['a', 'default'])
  })

  test('lists real devices only', () => {
    expect(choicesOf(INPUTS)).toEqual([
      { id: 'a', label: 'Desk' },
      { id: 'b', label: 'Head' },
    ])
    expect(choicesOf([{ id: '', label: '', group: '' }])).toEqual([])
  })

  test('names the device behind the choice of the system', () => {
    expect(realDevice(INPUTS, { id: 'default', label: 'Default - Desk' })).toEqual({ id: 'a', label: 'Desk' })
    expect(realDevice([], { id: 'default', label: 'Default' })).toEqual({ id: 'default', label: 'Default' })
    expect(realDevice(INPUTS, { id: 'b', label: 'Head' })).toEqual({ id: 'b', label: 'Head' })
  })

  test('tells when the system chooses another', () => {
    const [first, ...others] = INPUTS
    const changed = [{ id: 'default', label: 'Default - Head', group: 'g2' }, ...others]
    expect(first?.id).toBe('default')
    expect(systemChoiceKey(changed)).not.toBe(systemChoiceKey(INPUTS))
    expect(systemChoiceKey([])).toBe('')
  })
})
