/** What the page that owns the microphone reports, turned into what is done and told. */
import type { CaptureEvent } from '../../shared/capture.ts'
import type { AppSnapshot } from '../../shared/dictation.ts'
import { captureError } from './capture-faults.ts'
import type { Log } from '../../shared/log.ts'
import type { Dictations } from './dictations.ts'
import type { Notices } from '../notices.ts'

const MUTED = 'The microphone gives nothing but silence.'

export interface CaptureListeners {
  readonly dictations: Pick<Dictations, 'captureFailed' | 'voice' | 'deaf'>
  readonly notices: Pick<Notices, 'tell' | 'withdraw'>
  readonly publish: (slices: Partial<AppSnapshot>) => void
  readonly hello: () => void
  readonly log: Log
}

export function onCaptureEvent(event: CaptureEvent, to: CaptureListeners): void {
  const { dictations, notices, publish, log } = to
  switch (event.kind) {
    case 'hello':
      to.hello()
      break
    case 'failed':
      dictations.captureFailed(event.id, event.fault, event.detail)
      break
    case 'idle': {
      if (event.fault === undefined) break
      const { message, hint } = captureError(event.fault)
      notices.tell('warning', message, hint)
      break
    }
    case 'switched':
      notices.tell('info', `Steno listens to ${event.to.label} now.`, REASONS[event.because])
      break
    case 'muted':
      notices.tell(
        'warning',
        MUTED,
        'The system or a switch on it has muted it. Nothing is lost: unmute it and speak on.',
      )
      break
    case 'unmuted':
      notices.withdraw(MUTED)
      break
    case 'voice':
      dictations.voice(event.speaking)
      break
    case 'voice-failed':
      dictations.deaf()
      log('warn', `the voice detector does not run: ${event.detail}`)
      notices.tell(
        'warning',
        'Speech and silence cannot be told apart: hands-free and the stop after silence do not work.',
        'Start and stop by key or button. Starting Steno again may help.',
      )
      break
    case 'devices':
      publish({ devices: event.devices })
      break
  }
}

const REASONS = {
  lost: 'The microphone before it was unplugged.',
  preferred: 'It comes first in your list of microphones.',
  default: 'It is the system’s choice.',
} as const
