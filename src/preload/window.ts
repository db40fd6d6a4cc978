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
  searchHistory: (query, before) => invoke('search-history', query, before),
  wordsOf: (id) => invoke('words-of-dictation', id),
  star: (id, starred) => invoke('star-dictation', id, starred),
  tag: (id, tags) => invoke('tag-dictation', id, tags),
  remove: (ids) => invoke('remove-dictations', ids),
  exportDictations: (selection, format) => invoke('export-dictations', selection, format),
  reread: (id, name) => invoke('reread-dictation', id, name),
  takeReading: (id, name) => invoke('take-reading', id, name),
  lookIntoPrivacy: () => invoke('look-into-privacy'),
  showKept: (kind) => invoke('show-kept-files', kind),
  clearKept: (kind) => invoke('clear-kept-files', kind),
  readLog: () => invoke('read-log'),
  saveBundle: () => invoke('save-bundle'),
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
