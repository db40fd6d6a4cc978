/** The errors of this folder in one voice; each names the file and says what to do next. */
import { basename } from 'node:path'
import { StenoError } from '../shared/errors.ts'

const CONVERT = 'Convert it first, for example: ffmpeg -i input -ar 16000 -ac 1 output.wav'

/** It is audio, but damaged beyond use; `what` completes "recording.wav …". */
export function broken(path: string, what: string, cause?: unknown): StenoError {
  return new StenoError('audio-broken', `${basename(path)} ${what}.`, {
    hint: 'Try another copy of the file, or save it again with the program that made it.',
    file: path,
    cause,
  })
}

/** A format that Steno has no decoder for; `format` completes "recording.m4a is …". */
export function unsupported(path: string, format: string): StenoError {
  return new StenoError('audio-unsupported', `${basename(path)} is ${format}, which Steno cannot read.`, {
    hint: CONVERT,
    file: path,
  })
}

export function notAudio(path: string): StenoError {
  return new StenoError('audio-unsupported', `${basename(path)} does not look like audio.`, {
    hint: `Choose a WAV, MP3, FLAC or Ogg file. If this is another kind of audio: ${CONVERT}`,
    file: path,
  })
}

export function empty(path: string): StenoError {
  return new StenoError('audio-empty', `${basename(path)} holds no sound.`, {
    hint: 'Choose another file, or record it again.',
    file: path,
  })
}

export function notAFile(path: string, what: string): StenoError {
  return new StenoError('file-unreadable', `${basename(path)} is ${what}, not an audio file.`, {
    hint: 'Choose a file.',
    file: path,
  })
}

/** What the system said about opening or reading `path`, in the user's words. */
export function fileError(path: string, error: unknown): StenoError {
  const name = basename(path)
  const facts = { file: path, cause: error }
  switch (systemCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new StenoError('file-missing', `There is no file ${name}.`, {
        ...facts,
        hint: 'Check its name and folder.',
      })
    case 'EACCES':
    case 'EPERM':
      return new StenoError('file-unreadable', `You may not read ${name}.`, {
        ...facts,
        hint: 'Change its permissions, or copy it to a folder of your own.',
      })
    default:
      return new StenoError('file-unreadable', `${name} could not be read.`, {
        ...facts,
        hint: 'Check that its disk is connected and that no other program holds it.',
      })
  }
}

function systemCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

/** Seconds for people: 3.4 s, and hours where seconds say nothing. */
export function durationText(seconds: number): string {
  return seconds < 7200 ? `${seconds.toFixed(1)} s` : `${(seconds / 3600).toFixed(1)} h`
}
