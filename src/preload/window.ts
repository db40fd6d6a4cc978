/** The door of the window and the overlay: `window.steno`, named methods only. Runs sandboxed, in a world of its own. */
import { contextBridge } from 'electron'
import type { StenoApi } from '../shared/app-ipc.ts'
import { invoke, listen } from './ipc.ts'

const steno: StenoApi = {
  snapshot: () => invoke('get-snapshot'),
  onChanged: (listener) => listen('changed', listener),
  start: () => invoke('start-dictation'),
  stop: () => invoke('stop-dictation'),
  cancel: () => invoke('cancel-dictation'),
  undoCancel: () => invoke('undo-cancel'),
  copy: (id) => invoke('copy-dictation', id),
  retry: (id) => invoke('retry-dictation', id),
  undoEdits: (id, undone) => invoke('undo-edits', id, undone),
  setSettings: (patch) => invoke('set-settings', patch),
  watchKeys: (on) => invoke('watch-keys', on),
  onKeyEvent: (listener) => listen('key-event', listener),
  dismissNotice: (id) => invoke('dismiss-notice', id),
  tryAgain: () => invoke('try-again'),
  downloadModel: (name) => invoke('download-model', name),
  pauseModel: (name) => invoke('pause-model', name),
  cancelModel: (name) => invoke('cancel-model', name),
  verifyModel: (name) => invoke('verify-model', name),
  removeModel: (name) => invoke('remove-model', name),
  importModel: (from) => invoke('import-model', from),
  useModel: (name) => invoke('use-model', name),
  compareModels: (names, id) => invoke('compare-models', names, id),
  stopComparing: () => invoke('stop-comparing'),
}

contextBridge.exposeInMainWorld('steno', steno)
