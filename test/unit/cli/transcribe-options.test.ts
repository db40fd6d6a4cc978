import { describe, expect, it } from 'vitest'
import { HELP, parseOptions } from '../../../src/cli/transcribe-options.ts'

describe('the command line', () => {
  it('takes files and options in any order', () => {
    expect(parseOptions(['a.wav', '--format', 'json', '--model=/m', 'b.wav'])).toMatchObject({
      files: ['a.wav', 'b.wav'],
      format: 'json',
      model: '/m',
      stdin: false,
    })
    expect(parseOptions(['--stdin', '--live'])).toMatchObject({ stdin: true, live: true, format: 'text' })
    expect(parseOptions(['--edited', 'a.wav']).edited).toBe(true)
    expect(parseOptions(['a.wav']).edited).toBe(false)
    expect(parseOptions(['--', '--odd.wav']).files).toEqual(['--odd.wav'])
  })

  it('takes what the user wishes of the model', () => {
    expect(
      parseOptions(['a.wav', '--language', 'de', '--translate', '--vocabulary', 'Steno', '--vocabulary=a b'])
        .wishes,
    ).toEqual({ language: 'de', translate: true, vocabulary: ['Steno', 'a b'] })
    expect(parseOptions(['a.wav']).wishes).toEqual({ language: undefined, translate: false, vocabulary: [] })
  })

  it.each([
    [['a.wav', '--language', 'German'], '--language takes a code'],
    [[], 'No file was given'],
    [['--stdin', 'a.wav'], 'either --stdin or files'],
    [['--format', 'docx', 'a.wav'], 'There is no format “docx”'],
    [['--format', 'srt', 'a.wav', 'b.wav'], 'takes one file'],
    [['--live', '--format', 'json', 'a.wav'], '--live prints text'],
    [['--live', '--edited', 'a.wav'], '--edited goes with'],
    [['--format', 'srt', '--edited', 'a.wav'], '--edited goes with'],
    [['--threads', '0', 'a.wav'], '--threads'],
    [['--threads', 'many', 'a.wav'], '--threads'],
    [['--frmat', 'json', 'a.wav'], '--frmat'],
    [['--format'], '--format'],
  ])('refuses %j in one line', (argv, message) => {
    expect(() => parseOptions(argv)).toThrow(message)
    expect(() => parseOptions(argv)).toThrow(expect.objectContaining({ code: 'usage', hint: 'See --help.' }))
  })

  it('asks for nothing else when help is wanted, and the help names every option and format', () => {
    expect(parseOptions(['--help', '--format', 'nonsense']).help).toBe(true)
    for (const part of [
      '--format',
      '--model',
      '--live',
      '--edited',
      '--stdin',
      '--threads',
      '--language',
      '--translate',
      '--vocabulary',
      'json',
      'srt',
      'vtt',
      'Exit codes',
    ]) {
      expect(HELP).toContain(part)
    }
  })
})
