import { describe, expect, it } from 'vitest'
import { Prefix } from '../../../../src/engine/decode/prefix.ts'

/** Ends a step in which these prefixes leave the beam. */
function drop(...prefixes: readonly Prefix[]): void {
  for (const prefix of prefixes) prefix.advance()
  for (const prefix of prefixes) prefix.prune()
}

describe('the trie of prefixes', () => {
  it('makes equal sequences the same node', () => {
    const root = Prefix.root(undefined)
    const ab = root.grow(1, undefined, -1).grow(2, undefined, -2)
    expect(root.child(1)?.child(2)).toBe(ab)
    expect(root.grow(1, undefined, -3).grow(2, undefined, -4)).toBe(ab)
    expect(ab.ids()).toEqual([1, 2])
    expect(root.ids()).toEqual([])
  })

  it('keeps what leads to a live prefix, so that it comes back as the same', () => {
    const root = Prefix.root(undefined)
    const a = root.grow(1, undefined, -1)
    const ab = a.grow(2, undefined, -2)
    drop(root, a)
    expect(a.live).toBe(false)
    expect(root.grow(1, undefined, -3)).toBe(a)
    expect([a.live, a.blank, a.nonBlank, a.child(2)]).toEqual([true, -Infinity, -3, ab])
  })

  it('forgets what leads nowhere any more', () => {
    const root = Prefix.root(undefined)
    const a = root.grow(1, undefined, -1)
    const ab = a.grow(2, undefined, -2)
    const c = root.grow(3, undefined, -2)
    drop(a)
    drop(ab)
    expect(root.child(1)).toBeUndefined()
    expect(root.child(3)).toBe(c)
  })
})
