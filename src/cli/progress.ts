/** A progress bar on a terminal; nothing where standard error is a file or a pipe. */
import process from 'node:process'

const WIDTH = 30
/** Short files are over before a bar can be read. */
const LONG_SECONDS = 30

export interface Progress extends Disposable {
  /** @param lagSeconds how far the transcription is behind the reading. */
  update(seconds: number, lagSeconds: number): void
}

export function progressBar(label: string, totalSeconds: number | undefined): Progress {
  const { stderr } = process
  if (!stderr.isTTY || totalSeconds === undefined || totalSeconds < LONG_SECONDS) {
    return { update: () => undefined, [Symbol.dispose]: () => undefined }
  }
  return {
    update(seconds, lagSeconds) {
      stderr.write(`\r\x1b[K${barLine(label, Math.max(0, seconds - lagSeconds), totalSeconds)}`)
    },
    [Symbol.dispose]() {
      stderr.write('\r\x1b[K')
    },
  }
}

export function barLine(label: string, seconds: number, totalSeconds: number): string {
  const share = Math.min(1, seconds / totalSeconds)
  const done = Math.round(share * WIDTH)
  const bar = '█'.repeat(done) + '░'.repeat(WIDTH - done)
  return `${label} ${bar} ${Math.floor(share * 100)} %  ${clock(seconds)} of ${clock(totalSeconds)}`
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)}:${`${whole % 60}`.padStart(2, '0')}`
}
