import type { CaptureApi } from '../../../shared/app-ipc.ts'

declare global {
  interface Window {
    /** Put there by src/preload/capture.ts. */
    readonly stenoCapture: CaptureApi
  }
}
