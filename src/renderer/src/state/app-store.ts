/** A mirror of main's snapshot for React; it decides nothing. */
import { create } from 'zustand'
import type { StenoApi } from '../../../shared/app-ipc.ts'
import type { AppSnapshot } from '../../../shared/dictation.ts'

interface AppStore extends AppSnapshot {
  /** What capture has to say before main knows of it. */
  readonly notice: string | undefined
}

export const useAppStore = create<AppStore>(() => ({
  state: { kind: 'idle' },
  lines: [],
  error: undefined,
  model: undefined,
  notice: undefined,
}))

/** Shows what main says from now on, and what it has said before this page was there. */
export function followMain(steno: StenoApi): void {
  steno.onSnapshot((snapshot) => {
    useAppStore.setState(snapshot)
  })
  void steno.snapshot().then((answer) => {
    if (answer.ok) useAppStore.setState(answer.value)
  })
}

export function notify(notice: string | undefined): void {
  useAppStore.setState({ notice })
}
