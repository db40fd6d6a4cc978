import type { Settings } from '../../../../shared/settings.ts'
import { useAppStore } from '../../state/app-store.ts'
import { ask } from '../../state/faults.ts'

export function useSettings(): Settings {
  return useAppStore((state) => state.settings)
}

/** Applies at once; what is on the screen changes when main says so. */
export function change(patch: Partial<Settings>): void {
  void ask(() => window.steno.setSettings(patch))
}
