import type { StenoApi } from '../../shared/app-ipc.ts'

declare global {
  interface Window {
    /** Put there by src/preload/window.ts. */
    readonly steno: StenoApi
  }
}
