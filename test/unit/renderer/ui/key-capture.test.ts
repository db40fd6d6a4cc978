import { describe, expect, it } from 'vitest'
import { captureOf, fromPage, reduce } from '../../../../src/renderer/src/ui/settings/key-capture.ts'
import type { KeyEvent, Modifier } from '../../../../src/shared/keys.ts'

const down = (code: string, ...modifiers: Modifier[]): KeyEvent => ({ kind: 'down', code, modifiers })
const up = (code: string, ...modifiers: Modifier[]): KeyEvent => ({ kind: 'up', code, modifiers })

const after = (...events: KeyEvent[]) =>
  events.reduce((capture, event) => reduce(capture, { kind: 'key', event }), captureOf(['F1']))

describe('choosing a key by pressing it', () => {
  it('takes all keys that were down together, of either side beside another key', () => {
    const capture = after(
      down('ControlLeft', 'Control'),
      down('ShiftLeft', 'Control', 'Shift'),
      down('Space', 'Control', 'Shift'),
      up('Space', 'Control', 'Shift'),
      up('ShiftLeft', 'Control'),
      up('ControlLeft'),
    )
    expect(capture.chord).toEqual(['Control', 'Shift', 'Space'])
    expect(capture.held).toEqual([])
    expect(capture.seen).toHaveLength(6)
  })

  it('keeps the side of a modifier alone', () => {
    expect(after(down('ControlRight', 'Control'), up('ControlRight')).chord).toEqual(['ControlRight'])
  })

  it('begins anew with the next press', () => {
    expect(after(down('F9'), up('F9'), down('F8')).chord).toEqual(['F8'])
  })

  it('sees a held key once, though it repeats', () => {
    expect(after(down('F9'), down('F9'), down('F9')).seen).toHaveLength(1)
  })

  it('notices a modifier whose key-up got lost', () => {
    expect(after(down('ControlLeft', 'Control'), down('F9')).chord).toEqual(['F9'])
  })

  it('leaves Tab and Escape alone to the dialog, and takes them with others', () => {
    expect(after(down('Escape'), down('Tab'), down('Tab', 'Shift')).seen).toEqual([])
    expect(after(down('ControlLeft', 'Control'), down('Escape', 'Control')).chord).toEqual([
      'Control',
      'Escape',
    ])
  })

  it('ignores keys without a name', () => {
    expect(after(down('')).seen).toEqual([])
  })

  it('keeps the last events only', () => {
    const many = Array.from({ length: 20 }, () => [down('F9'), up('F9')]).flat()
    expect(after(...many).seen).toHaveLength(8)
  })

  it('forgets held keys when it loses the focus, and takes what is chosen', () => {
    const held = after(down('F9'))
    expect(reduce(held, { kind: 'blur' })).toMatchObject({ chord: ['F9'], held: [] })
    expect(reduce(held, { kind: 'choose', chord: null })).toEqual({ chord: null, held: [], seen: [] })
  })

  it('reads the page’s own events', () => {
    const event = { code: 'KeyA', ctrlKey: true, shiftKey: false, altKey: false, metaKey: true }
    expect(fromPage({ type: 'keydown', ...event })).toEqual(down('KeyA', 'Control', 'Meta'))
    expect(fromPage({ type: 'keyup', ...event }).kind).toBe('up')
  })
})
