import { describe, expect, it } from 'vitest'
import * as chain from '../../../../src/renderer/src/ui/settings/device-chain.ts'

const A = { id: 'a', label: 'A' }
const B = { id: 'b', label: 'B' }
const C = { id: 'c', label: 'C' }

describe('microphones in their order', () => {
  it('move by one, and not past the ends', () => {
    expect(chain.moved([A, B, C], 1, -1)).toEqual([B, A, C])
    expect(chain.moved([A, B, C], 1, 1)).toEqual([A, C, B])
    expect(chain.moved([A, B], 0, -1)).toEqual([A, B])
    expect(chain.moved([A, B], 1, 1)).toEqual([A, B])
  })

  it('are taken out and added', () => {
    expect(chain.without([A, B, C], 1)).toEqual([A, C])
    expect(chain.addable([A], [A, B])).toEqual([B])
  })

  it('are found again by their label, but not by an empty one', () => {
    expect(chain.addable([A], [{ id: 'new', label: 'A' }])).toEqual([])
    expect(chain.isSameDevice({ id: 'x', label: '' }, { id: 'y', label: '' })).toBe(false)
  })
})
