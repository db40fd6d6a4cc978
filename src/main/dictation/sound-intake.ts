/** One capture port → frames of one dictation: every sample in order; notices what is missing, answers what it refuses. */
import { secondsOf, type Pcm } from '../../shared/audio.ts'
import { parseCaptureFrame, type CaptureFrame, type CaptureRefusal } from '../../shared/capture-port.ts'
import { StenoError, toWire } from '../../shared/errors.ts'
import { rounded } from '../custody/pcm16.ts'

/** What is used of Electron's MessagePortMain. */
export interface SoundPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
  postMessage(message: CaptureRefusal): void
  close(): void
}

export interface IntakeEvents {
  /** On the grid of 16 bits, as it is kept and decoded. */
  sound(pcm: Pcm): void
  /** No more comes. With an error when sound went missing; what did come was given all the same. */
  ended(fault: StenoError | undefined): void
}

/** Dispose it to take no more. */
export function takeSound(port: SoundPort, events: IntakeEvents): Disposable {
  let received = 0
  let missing = 0
  let over = false

  const end = (samples: number): void => {
    if (over) return
    over = true
    missing += Math.max(0, samples - missing - received)
    events.ended(missing === 0 ? undefined : incomplete(missing))
    port.close()
  }

  const take = (frame: CaptureFrame): void => {
    if (frame.kind === 'end') {
      end(frame.samples)
      return
    }
    const expected = received + missing
    if (frame.from < expected) throw new StenoError('capture-malformed', 'A sound frame came twice.')
    missing += frame.from - expected
    received += frame.pcm.length
    if (frame.pcm.length > 0) events.sound(rounded(frame.pcm))
  }

  port.on('message', ({ data }) => {
    if (over) return
    try {
      take(parseCaptureFrame(data))
    } catch (error) {
      port.postMessage({ kind: 'refused', message: toWire(error).message })
    }
  })
  // The page is gone: what it had sent is decoded.
  port.on('close', () => {
    end(received + missing)
  })
  port.start()
  return {
    [Symbol.dispose]() {
      over = true
      port.close()
    },
  }
}

function incomplete(samples: number): StenoError {
  return new StenoError('capture-incomplete', `${secondsOf(samples).toFixed(1)} s of sound did not arrive.`, {
    hint: 'The rest was transcribed. Close other programs that keep the computer busy.',
  })
}
