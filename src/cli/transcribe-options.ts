/** The command line of `transcribe`, parsed and checked. Pure. */
import { parseArgs } from 'node:util'
import { StenoError, textOf } from '../shared/errors.ts'
import type { Wishes } from '../shared/worker-frames.ts'
import { FORMATS, type Format } from './formats.ts'

export const HELP = `Turns speech in audio files into text, on this machine and without a network.

Usage
  npm run -s transcribe -- [options] FILE…
  some-program | npm run -s transcribe -- [options] --stdin

Files
  WAV of any rate, depth and channel count; MP3, FLAC, Ogg Vorbis and Ogg Opus. What a file holds is recognised by its
  content. Length does not matter: memory stays the same for two minutes and for two hours.

Options
  --format FORMAT   text (default): the words; with several files, each line begins with the file's name
                    json: one object per file on one line, with word times and confidences
                    srt, vtt: subtitles, for one file
  --model DIR       folder of the model (default: the starter model that comes with Steno)
  --language CODE   language of the speech, as in en or de (models of several languages find out by themselves)
  --translate       English text whatever is spoken (Whisper, Canary)
  --vocabulary WORD a name or phrase to favour, as it is to be written; may be given several times
  --edited          the text as one would write it: casing, spoken punctuation, digits, no “um” (docs/text.md); json
                    has it beside the words as they were heard, with each edit
  --live            print each line as soon as it is final, and on a terminal the words while they are spoken (text
                    only)
  --stdin           read raw sound from standard input: 16 kHz, mono, signed 16 bit, little-endian
  --threads N       threads of one decode (default: one less than the cores, at most 4)
  --verbose         say on standard error what the processes do
  --help            this text

Exit codes
  0    every input was transcribed
  1    at least one input could not be read or decoded; the others were, and standard error says which and why
  2    the command line was not understood
  3    the model or the transcription process could not be used
  130  interrupted by Ctrl-C; nothing keeps running

Examples
  npm run -s transcribe -- interview.mp3
  npm run -s transcribe -- --format srt lecture.wav > lecture.srt
  npm run -s transcribe -- --format json *.wav | jq -r .text
  arecord -f S16_LE -r 16000 -c 1 | npm run -s transcribe -- --stdin --live
`

export interface TranscribeOptions {
  readonly files: readonly string[]
  readonly stdin: boolean
  readonly format: Format
  readonly edited: boolean
  readonly live: boolean
  readonly model: string | undefined
  readonly threads: number | undefined
  readonly wishes: Wishes
  readonly verbose: boolean
  readonly help: boolean
}

/** Throws StenoError `usage`. */
export function parseOptions(argv: readonly string[]): TranscribeOptions {
  const { values, positionals: files } = parse(argv)
  const { stdin, edited, live, verbose, help, model, language, translate, vocabulary } = values
  const format = FORMATS.find((known) => known === values.format)
  const threads = values.threads === undefined ? undefined : Number(values.threads)
  const wishes = { language, translate, vocabulary }
  const options = {
    files,
    stdin,
    format: format ?? 'text',
    edited,
    live,
    model,
    threads,
    verbose,
    help,
    wishes,
  }
  if (help) return options
  if (format === undefined)
    throw usage(`There is no format “${values.format}”: choose ${FORMATS.join(', ')}.`)
  assertSense(options)
  return options
}

function assertSense({ files, stdin, format, edited, live, threads = 1, wishes }: TranscribeOptions): void {
  const subtitles = ['srt', 'vtt'].includes(format)
  const { language } = wishes
  const faults: readonly (readonly [boolean, string])[] = [
    [
      !Number.isInteger(threads) || threads < 1 || threads > 64,
      '--threads takes a whole number from 1 to 64.',
    ],
    [
      language !== undefined && !/^[a-z]{2,3}$/.test(language),
      '--language takes a code such as en, de or yue.',
    ],
    [stdin && files.length > 0, 'Give either --stdin or files.'],
    [!stdin && files.length === 0, 'No file was given.'],
    [live && format !== 'text', '--live prints text: it does not go with --format.'],
    [edited && (live || subtitles), '--edited goes with --format text and json, not with --live.'],
    [subtitles && files.length > 1, `--format ${format} takes one file.`],
  ]
  const fault = faults.find(([wrong]) => wrong)
  if (fault !== undefined) throw usage(fault[1])
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        model: { type: 'string' },
        threads: { type: 'string' },
        language: { type: 'string' },
        translate: { type: 'boolean', default: false },
        vocabulary: { type: 'string', multiple: true, default: [] },
        edited: { type: 'boolean', default: false },
        live: { type: 'boolean', default: false },
        stdin: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    })
  } catch (error) {
    throw usage(textOf(error).split('. ', 1)[0] ?? '')
  }
}

function usage(message: string): StenoError {
  return new StenoError('usage', message, { hint: 'See --help.' })
}
