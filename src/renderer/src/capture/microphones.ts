/** The seam between capture and the browser's devices: `microphone.ts` implements it, tests have their own. */
import type { Pcm } from '../../../shared/audio.ts'
import type { CaptureFault } from '../../../shared/capture.ts'
import type { DeviceChoice } from '../../../shared/settings.ts'

/** An input as the browser lists it: the real ones, and the system's choice a second time as `default`. */
export interface AudioInput extends DeviceChoice {
  /** The same for all entries of one physical device. */
  readonly group: string
}

export interface MicrophoneEvents {
  /** Mono, 16 kHz; may come before `open` has resolved. The array belongs to whoever gets it. */
  frame(pcm: Pcm): void
  /** It went away or failed by itself; all it gave has come as frames. */
  lost(fault: CaptureFault, detail: string): void
}

/** An open device. Disposed it is given back at once, and nothing more comes. */
export interface Microphone extends AsyncDisposable {
  readonly device: DeviceChoice
}

export interface Microphones {
  list(): Promise<readonly AudioInput[]>
  /** @param id undefined for the system's choice. Rejects as `getUserMedia` does, or with `capture-failed`. */
  open(id: string | undefined, events: MicrophoneEvents): Promise<Microphone>
  /** Something was plugged in or out, or the system's choice changed. */
  onChange(listener: () => void): Disposable
}
