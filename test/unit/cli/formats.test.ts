import { describe, expect, it } from 'vitest'
import { timestamp, wordsToCues } from '../../../src/text/cues.ts'
import { render, type Result } from '../../../src/cli/formats.ts'
import { barLine } from '../../../src/cli/progress.ts'
import type { Word } from '../../../src/shared/transcript.ts'

function word(text: string, start: number, end: number): Word {
  return { text, start, end, confidence: 0.87654 }
}

const words = [word('hold', 0.04, 0.4), word('a', 0.44, 0.5), word('key', 0.52, 0.9), word('speak', 2.5, 3.1)]
const result: Result = {
  file: 'a "b".wav',
  transcript: { text: 'hold a key speak', lines: [], words, durationSeconds: 3.52 },
  realTimeFactor: 0.012345,
  model: 'starter-en',
}

describe('render', () => {
  it('text is the words', () => {
    expect(render('text', result)).toBe('hold a key speak')
  })

  it('json is one line with the agreed fields', () => {
    const line = render('json', result)
    expect(line).not.toContain('\n')
    expect(JSON.parse(line)).toEqual({
      file: 'a "b".wav',
      text: 'hold a key speak',
      durationSeconds: 3.52,
      words: words.map((each) => ({ ...each, confidence: 0.877 })),
      realTimeFactor: 0.0123,
      model: 'starter-en',
    })
  })

  it('json says what the model found out, where it did', () => {
    const line = { text: '', start: 0, end: 1, words: [] }
    const lines = [
      { ...line, language: 'de', fired: ['Steno', 'Ada'] },
      { ...line, language: 'de', fired: ['Ada'], truncated: true },
    ]
    const rendered = render('json', { ...result, transcript: { ...result.transcript, lines } })
    expect(JSON.parse(rendered)).toMatchObject({
      languages: ['de'],
      vocabulary: ['Steno', 'Ada'],
      truncated: true,
    })
  })

  it('the edited text stands for the words, in json beside them', () => {
    const edit = { kind: 'casing', start: 0, end: 4, replacement: 'Hold', because: [] } as const
    const edited = { raw: 'hold a key speak', text: 'Hold a key speak', edits: [edit] }
    expect(render('text', { ...result, edited })).toBe('Hold a key speak')
    expect(JSON.parse(render('json', { ...result, edited }))).toMatchObject({
      text: 'hold a key speak',
      edited: { text: 'Hold a key speak', edits: [edit] },
    })
  })

  it('srt numbers its cues and separates them by an empty line', () => {
    expect(render('srt', result)).toBe(
      '1\n00:00:00,040 --> 00:00:00,900\nhold a key\n\n2\n00:00:02,500 --> 00:00:03,100\nspeak\n',
    )
  })

  it('vtt has its header and points in its times', () => {
    expect(render('vtt', result)).toBe(
      'WEBVTT\n\n00:00:00.040 --> 00:00:00.900\nhold a key\n\n00:00:02.500 --> 00:00:03.100\nspeak\n',
    )
  })

  it('carries rounding into minutes and hours', () => {
    expect(timestamp(59.9996, ',')).toBe('00:01:00,000')
    expect(timestamp(7_325.5, '.')).toBe('02:02:05.500')
  })
})

describe('cues', () => {
  it('stay short in characters and in seconds, and lose no word', () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      word(`word${index}`, index * 0.3, index * 0.3 + 0.25),
    )
    const cues = wordsToCues(many)
    for (const cue of cues) {
      expect(cue.text.length).toBeLessThanOrEqual(84)
      expect(cue.end - cue.start).toBeLessThanOrEqual(7)
    }
    expect(cues.map((cue) => cue.text).join(' ')).toBe(many.map(({ text }) => text).join(' '))
  })
})

describe('the progress bar', () => {
  it('fills with the share done and stops at full', () => {
    expect(barLine('a.wav', 0, 120)).toContain('░'.repeat(30))
    expect(barLine('a.wav', 60, 120)).toContain(`${'█'.repeat(15)}${'░'.repeat(15)} 50 %  1:00 of 2:00`)
    expect(barLine('a.wav', 500, 120)).toContain('100 %')
  })
})
