/** What each request of a page does, in a line or two: the parts do the work. */
import type { Log } from '../shared/log.ts'
import type { AppState } from './app-state.ts'
import { onCaptureEvent } from './dictation/capture-events.ts'
import type { Dictations } from './dictation/dictations.ts'
import type { ArchiveRequest } from './history/arguments.ts'
import type { Handlers } from './ipc.ts'
import type { Keys } from './keys/keys.ts'
import type { ModelRequests } from './models/models.ts'
import type { Notices } from './notices.ts'
import type { SettingsStore } from './settings/settings-store.ts'
import type { CapturePage } from './windows/capture-page.ts'

export interface Answering {
  readonly state: AppState
  readonly notices: Notices
  readonly settings: SettingsStore
  readonly capture: CapturePage
  readonly dictations: Dictations
  readonly keys: Keys
  readonly history: Pick<Handlers, ArchiveRequest>
  readonly models: Pick<Handlers, ModelRequests>
  /** Loads the model; tells by itself how that went. */
  readonly warm: () => void
  readonly log: Log
}

export function answers(parts: Answering): Handlers {
  const { state, notices, settings, capture, dictations, keys, log } = parts
  return {
    'get-snapshot': () => state.snapshot,
    'start-dictation': () => dictations.start('latched'),
    'stop-dictation': () => {
      dictations.stop()
      return null
    },
    'cancel-dictation': () => {
      dictations.cancel()
      return null
    },
    'undo-cancel': async () => {
      await dictations.undo()
      return null
    },
    'copy-dictation': async (id) => {
      await dictations.copy(id)
      return null
    },
    'retry-dictation': async (id) => {
      await dictations.retry(id)
      return null
    },
    'undo-edits': async (id, undone) => {
      await dictations.undoEdits(id, undone)
      return null
    },
    'set-settings': (patch) => {
      settings.change(patch)
      return null
    },
    'watch-keys': (on) => {
      keys.watch(on)
      return null
    },
    'dismiss-notice': (id) => {
      notices.dismiss(id)
      return null
    },
    'try-again': () => {
      capture.reopen()
      keys.retry()
      parts.warm()
      return null
    },
    ...parts.models,
    ...parts.history,
    'capture-event': (event) => {
      onCaptureEvent(event, {
        dictations,
        notices,
        publish: (slices) => {
          state.set(slices)
        },
        hello: () => {
          capture.hello()
        },
        log,
      })
      return null
    },
  }
}
