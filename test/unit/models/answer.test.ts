import { describe, expect, it } from 'vitest'
import { meaningOf, type AnswerFacts } from '../../../src/models/answer.ts'

const NOW = Date.UTC(2026, 10, 25)
const BARE: AnswerFacts = { status: 200, contentRange: null, contentLength: null, retryAfter: null }

function meaning(facts: Partial<AnswerFacts>, have = 100): unknown {
  return meaningOf({ ...BARE, ...facts }, have, NOW)
}

describe('an answer', () => {
  it('with the whole file is taken from the beginning, whatever is here', () => {
    expect(meaning({ contentLength: '500' })).toEqual({ kind: 'take', from: 0, total: 500 })
    expect(meaning({ contentLength: 'many' })).toEqual({ kind: 'take', from: 0, total: undefined })
  })

  it('with a part is taken where it follows what is here', () => {
    expect(meaning({ status: 206, contentRange: 'bytes 100-499/500' })).toEqual({
      kind: 'take',
      from: 100,
      total: 500,
    })
    expect(meaning({ status: 206, contentRange: 'bytes 100-499/*' })).toMatchObject({ total: undefined })
    for (const contentRange of ['bytes 50-499/500', 'bytes 0-499/500', 'items 100-499/500', null])
      expect(meaning({ status: 206, contentRange })).toMatchObject({ kind: 'anew' })
  })

  it('that there is no more means that all is here, or that it is of another file', () => {
    expect(meaning({ status: 416, contentRange: 'bytes */100' })).toEqual({ kind: 'complete' })
    expect(meaning({ status: 416, contentRange: 'bytes */90' })).toMatchObject({ kind: 'anew' })
    expect(meaning({ status: 416 })).toMatchObject({ kind: 'anew' })
    expect(meaning({ status: 416, contentRange: 'bytes */0' }, 0)).toMatchObject({ kind: 'anew' })
  })

  it.each([
    ['7', 7_000],
    [new Date(NOW + 9_000).toUTCString(), 9_000],
    [new Date(NOW - 9_000).toUTCString(), 0],
    ['soon', 0],
    [null, 0],
  ])('to come later says when: %s', (retryAfter, afterMs) => {
    for (const status of [429, 503])
      expect(meaning({ status, retryAfter })).toMatchObject({ kind: 'later', afterMs })
  })

  it.each([400, 401, 403, 404, 410, 451, 304, 204])('%i is the end of it', (status) => {
    expect(meaning({ status })).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining(String(status)) as string,
    })
  })
})
