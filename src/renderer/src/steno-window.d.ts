import type { StenoApi } from '../../shared/app-ipc.ts'

declare global {
  interface Window {
    /** Put there by src/preload/index.ts. */
    readonly steno: StenoApi
  }
}
