/**
 * Every message between a page and main, by name and type. Sound goes through the capture port (capture-port.ts),
 * everything else through here. Main decides which page may say what (`ROLES` in main/ipc.ts).
 */
import type { CaptureCommand, CaptureEvent } from './capture.ts'
import type { AppSnapshot, DictationId } from './dictation.ts'
import type { WireError } from './errors.ts'
import type {
  AnotherReading,
  ExportFormat,
  HistoryPage,
  HistoryQuery,
  HistorySelection,
  KeptFiles,
  PrivacyReport,
  SpokenWords,
} from './history.ts'
import type { KeyEvent } from './keys.ts'
import type { ModelName } from './models.ts'
import type { Settings } from './settings.ts'

/** Answers cross as values: Electron would strip an Error of its code. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError }

/** page → main, with an answer. */
export interface Invokes {
  'get-snapshot': { readonly args: readonly []; readonly value: AppSnapshot }
  'start-dictation': { readonly args: readonly []; readonly value: DictationId }
  /** Ends what is being dictated; nothing when nothing is. */
  'stop-dictation': { readonly args: readonly []; readonly value: null }
  'cancel-dictation': { readonly args: readonly []; readonly value: null }
  /** Decodes the last cancelled dictation after all. */
  'undo-cancel': { readonly args: readonly []; readonly value: null }
  'copy-dictation': { readonly args: readonly [id: DictationId]; readonly value: null }
  /** Decodes the kept sound again and copies the text. */
  'retry-dictation': { readonly args: readonly [id: DictationId]; readonly value: null }
  /** Exactly these edits of its text are undone from now on; what it reads then is copied. */
  'undo-edits': { readonly args: readonly [id: DictationId, undone: readonly number[]]; readonly value: null }
  'set-settings': { readonly args: readonly [patch: Partial<Settings>]; readonly value: null }
  /** While on, keys reach the page as `key-event` and start nothing. */
  'watch-keys': { readonly args: readonly [on: boolean]; readonly value: null }
  'dismiss-notice': { readonly args: readonly [id: number]; readonly value: null }
  /** Loads the model again after a failure, or asks for the microphone again. */
  'try-again': { readonly args: readonly []; readonly value: null }
  /** Begins, or goes on with what has come already. */
  'download-model': { readonly args: readonly [name: ModelName]; readonly value: null }
  'pause-model': { readonly args: readonly [name: ModelName]; readonly value: null }
  /** Ends the download and deletes what has come. */
  'cancel-model': { readonly args: readonly [name: ModelName]; readonly value: null }
  'verify-model': { readonly args: readonly [name: ModelName]; readonly value: null }
  /** Deletes it from the disk. */
  'remove-model': { readonly args: readonly [name: ModelName]; readonly value: null }
  /** Asks for the files with the system's dialog; null where nothing was chosen. */
  'import-model': { readonly args: readonly [from: ImportSource]; readonly value: ModelName | null }
  /** For all dictations from the next one on. */
  'use-model': { readonly args: readonly [name: ModelName]; readonly value: null }
  /** Begins to read the sound of a dictation with each of them, in this order; `readings` tell how that goes. */
  'compare-models': {
    readonly args: readonly [names: readonly ModelName[], id: DictationId]
    readonly value: null
  }
  /** What was read so far stays. */
  'stop-comparing': { readonly args: readonly []; readonly value: null }
  /** @param before only what is older than this dictation; null begins with the newest. */
  'search-history': {
    readonly args: readonly [query: HistoryQuery, before: DictationId | null]
    readonly value: HistoryPage
  }
  'words-of-dictation': { readonly args: readonly [id: DictationId]; readonly value: SpokenWords }
  'star-dictation': { readonly args: readonly [id: DictationId, starred: boolean]; readonly value: null }
  'tag-dictation': {
    readonly args: readonly [id: DictationId, tags: readonly string[]]
    readonly value: null
  }
  /** Row and sound, for good. */
  'remove-dictations': { readonly args: readonly [ids: readonly DictationId[]]; readonly value: null }
  /** Asks where with the system's dialog. Where it was saved; null when the user thought better of it. */
  'export-dictations': {
    readonly args: readonly [selection: HistorySelection, format: ExportFormat]
    readonly value: string | null
  }
  /** Reads its sound with another model; nothing of the dictation changes. */
  'reread-dictation': {
    readonly args: readonly [id: DictationId, name: ModelName]
    readonly value: AnotherReading
  }
  /** What was read last with that model takes the place of its text. */
  'take-reading': { readonly args: readonly [id: DictationId, name: ModelName]; readonly value: null }
  'look-into-privacy': { readonly args: readonly []; readonly value: PrivacyReport }
  /** In the system's file manager. */
  'show-kept-files': { readonly args: readonly [kind: KeptFiles['kind']]; readonly value: null }
  'clear-kept-files': { readonly args: readonly [kind: 'logs' | 'crashes']; readonly value: null }
  /** The end of it. */
  'read-log': { readonly args: readonly []; readonly value: string }
  /** One file for whoever helps, without anything that was said. Where it was saved; null for nowhere. */
  'save-bundle': { readonly args: readonly []; readonly value: string | null }
  /** Of the page that owns the microphone. */
  'capture-event': { readonly args: readonly [event: CaptureEvent]; readonly value: null }
}

/** What a model is imported from: the system's dialog opens one or the other, not both. */
export type ImportSource = 'folder' | 'archive'

/** main → pages. */
export interface Sends {
  /** The slices that changed. */
  readonly changed: Partial<AppSnapshot>
  readonly 'key-event': KeyEvent
  /** To the page that owns the microphone. */
  readonly capture: CaptureCommand
}

/** page → main, with one MessagePort: the sound of a dictation. Its message is the dictation's id. */
export const CAPTURE_PORT_CHANNEL = 'capture-port'

/** What the preload script puts on `window.steno` of the window and the overlay. */
export interface StenoApi {
  snapshot(): Promise<Answer<AppSnapshot>>
  /** Each `on…` returns its own undo. */
  onChanged(listener: (slices: Partial<AppSnapshot>) => void): () => void
  start(): Promise<Answer<DictationId>>
  stop(): Promise<Answer<null>>
  cancel(): Promise<Answer<null>>
  undoCancel(): Promise<Answer<null>>
  copy(id: DictationId): Promise<Answer<null>>
  retry(id: DictationId): Promise<Answer<null>>
  undoEdits(id: DictationId, undone: readonly number[]): Promise<Answer<null>>
  setSettings(patch: Partial<Settings>): Promise<Answer<null>>
  watchKeys(on: boolean): Promise<Answer<null>>
  onKeyEvent(listener: (event: KeyEvent) => void): () => void
  dismissNotice(id: number): Promise<Answer<null>>
  tryAgain(): Promise<Answer<null>>
  searchHistory(query: HistoryQuery, before: DictationId | null): Promise<Answer<HistoryPage>>
  wordsOf(id: DictationId): Promise<Answer<SpokenWords>>
  star(id: DictationId, starred: boolean): Promise<Answer<null>>
  tag(id: DictationId, tags: readonly string[]): Promise<Answer<null>>
  remove(ids: readonly DictationId[]): Promise<Answer<null>>
  exportDictations(selection: HistorySelection, format: ExportFormat): Promise<Answer<string | null>>
  reread(id: DictationId, name: ModelName): Promise<Answer<AnotherReading>>
  takeReading(id: DictationId, name: ModelName): Promise<Answer<null>>
  lookIntoPrivacy(): Promise<Answer<PrivacyReport>>
  showKept(kind: KeptFiles['kind']): Promise<Answer<null>>
  clearKept(kind: 'logs' | 'crashes'): Promise<Answer<null>>
  readLog(): Promise<Answer<string>>
  saveBundle(): Promise<Answer<string | null>>
  downloadModel(name: ModelName): Promise<Answer<null>>
  pauseModel(name: ModelName): Promise<Answer<null>>
  cancelModel(name: ModelName): Promise<Answer<null>>
  verifyModel(name: ModelName): Promise<Answer<null>>
  removeModel(name: ModelName): Promise<Answer<null>>
  importModel(from: ImportSource): Promise<Answer<ModelName | null>>
  useModel(name: ModelName): Promise<Answer<null>>
  compareModels(names: readonly ModelName[], id: DictationId): Promise<Answer<null>>
  stopComparing(): Promise<Answer<null>>
}

/** What the preload script puts on `window.stenoCapture` of the page that owns the microphone. */
export interface CaptureApi {
  onCommand(listener: (command: CaptureCommand) => void): () => void
  tell(event: CaptureEvent): Promise<Answer<null>>
  /** Sends one frame of a dictation that was started; see capture-port.ts for what main accepts. */
  sendSound(id: DictationId, from: number, pcm: Float32Array): void
  /** All sound was sent: main decodes the rest. */
  endSound(id: DictationId, samples: number): void
  /** What main refused of the sound sent. */
  onRefused(listener: (message: string) => void): () => void
}
