/** What main and the page that owns the microphone tell each other. The sound itself goes through capture-port.ts. */
import type { DictationId } from './dictation.ts'
import type { DeviceChoice, Settings } from './settings.ts'

export type Cue = 'start' | 'stop' | 'cancel' | 'failed'

/** main → page. */
export type CaptureCommand =
  /** Comes first, and again whenever one of these settings changes. */
  | {
      readonly kind: 'configure'
      readonly microphones: Settings['microphones']
      /** The microphone is open while idle, its last moments are kept: for `keepMicrophoneOpen` and `handsFree`. */
      readonly keepOpen: boolean
      /** `voice` events come while idle, too. */
      readonly handsFree: boolean
      /** `voice` events come while a dictation runs. With this and `handsFree` off the voice detector is not loaded. */
      readonly autoStop: boolean
    }
  /** Sends the kept moments, then the live sound, through a port of its own; `end` follows its `stop`. */
  | { readonly kind: 'start'; readonly id: DictationId }
  /** Lets what was said until now come in, then sends `end`. An id that is not being captured is ignored. */
  | { readonly kind: 'stop'; readonly id: DictationId }
  /** Sleep is near: ends what is being captured as `stop` does and closes the device, whatever `keepOpen` says. */
  | { readonly kind: 'release' }
  /** After sleep, or when the user asks to try again: opens the device anew where it is to be open. */
  | { readonly kind: 'reopen' }
  | { readonly kind: 'play'; readonly cue: Cue }

/** Why there is no sound, or none of use. Main has the words for it (main/dictation/capture-faults.ts). */
export type CaptureFault =
  /** The user or the system does not allow it. */
  | 'denied'
  | 'no-device'
  /** Another program holds it. */
  | 'busy'
  /** It went away, and no other of the chain could be opened. */
  | 'lost'
  /** The audio graph could not be built or did not run. */
  | 'broken'

/** page → main. */
export type CaptureEvent =
  /** `configure` is welcome. */
  | { readonly kind: 'hello' }
  /** No (further) sound comes for this dictation; what came before is followed by `end` on its port. */
  | {
      readonly kind: 'failed'
      readonly id: DictationId
      readonly fault: CaptureFault
      /** The browser's words, for the log. */
      readonly detail: string
    }
  /** The device is open while idle, or could not be opened. */
  | { readonly kind: 'idle'; readonly open: boolean; readonly fault: CaptureFault | undefined }
  /** Capture goes on with another microphone than before. */
  | {
      readonly kind: 'switched'
      readonly to: DeviceChoice
      readonly because: 'lost' | 'preferred' | 'default'
    }
  /** Exact zeros for seconds: the system has muted us. Once per mute; `unmuted` when sound comes again. */
  | { readonly kind: 'muted' | 'unmuted' }
  /** The voice detector hears speech begin or end. */
  | { readonly kind: 'voice'; readonly speaking: boolean }
  /** The voice detector could not be loaded or stopped: no `voice` comes until the next `configure` or `reopen`. */
  | { readonly kind: 'voice-failed'; readonly detail: string }
  | { readonly kind: 'devices'; readonly devices: readonly DeviceChoice[] }
