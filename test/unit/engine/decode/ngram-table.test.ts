import { describe, expect, it } from 'vitest'
import { NgramTable } from '../../../../src/engine/decode/ngram-table.ts'
import { randomOf } from './toy.ts'

describe('NgramTable', () => {
  it('finds what was added and nothing else, filled to the last place', () => {
    const random = randomOf(1)
    const [words, ngrams] = [50, 3_000]
    const table = new NgramTable(words, ngrams)
    const nodes = new Map<string, number>()
    while (nodes.size < ngrams) {
      const context = Math.floor(random() * (words + nodes.size))
      const word = Math.floor(random() * words)
      const node = table.add(context, word)
      expect(node === undefined).toBe(nodes.has(`${context} ${word}`))
      if (node === undefined) continue
      table.set(node, -node, node / 2)
      nodes.set(`${context} ${word}`, node)
    }
    expect([...nodes.values()].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: ngrams }, (_, i) => words + i),
    )
    for (let context = 0; context < 500; context++) {
      for (let word = 0; word < words; word++) {
        const node = table.find(context, word)
        expect(node).toBe(nodes.get(`${context} ${word}`))
        if (node !== undefined) expect([table.logProb(node), table.backoff(node)]).toEqual([-node, node / 2])
      }
    }
  })

  it('holds single words alone', () => {
    const table = new NgramTable(2, 0)
    table.set(1, -1.5, -0.5)
    expect([table.logProb(1), table.backoff(1), table.find(0, 1)]).toEqual([-1.5, -0.5, undefined])
  })
})
