/** A main process for the pages alone: `window.steno` with a snapshot, put there before the page's own scripts run. */
import type { StenoApi } from '../../../src/shared/app-ipc.ts'
import type { AppSnapshot } from '../../../src/shared/dictation.ts'
import type { WireError } from '../../../src/shared/errors.ts'
import type { HistoryPage, PrivacyReport, SpokenWords } from '../../../src/shared/history.ts'
import type { KeyEvent } from '../../../src/shared/keys.ts'

export interface FakeMain {
  /** Names of what the page asked for, with the arguments as JSON. */
  readonly calls: string[]
  /** The next invoke but `snapshot` is refused with it. */
  refusal: WireError | undefined
  /** What it answers when it is asked. */
  history: HistoryPage
  words: SpokenWords
  privacy: PrivacyReport
  log: string
  push(slices: Partial<AppSnapshot>): void
  press(event: KeyEvent): void
}

export interface FakeWindow {
  steno: StenoApi
  fakeMain: FakeMain
}

/** Runs in the page, so it must bring everything it needs. */
export function installSteno(initial: AppSnapshot): void {
  const page = globalThis as unknown as FakeWindow
  const watchers = new Set<(slices: Partial<AppSnapshot>) => void>()
  const keyListeners = new Set<(event: KeyEvent) => void>()
  let snapshot = initial
  const main: FakeMain = {
    calls: [],
    refusal: undefined,
    history: { rows: [], found: 0, seconds: 0, tags: [] },
    words: [],
    privacy: { kept: [], requests: [] },
    log: '',
    push(slices) {
      snapshot = { ...snapshot, ...slices }
      for (const watcher of watchers) watcher(slices)
    },
    press(event) {
      for (const listener of keyListeners) listener(event)
    },
  }
  const answer = async <T>(name: string, value: T, ...args: readonly unknown[]) => {
    main.calls.push([name, ...args.map((arg) => JSON.stringify(arg))].join(' '))
    const error = main.refusal
    main.refusal = undefined
    return await Promise.resolve(
      error === undefined ? { ok: true as const, value } : { ok: false as const, error },
    )
  }
  const listen = <T>(listeners: Set<(message: T) => void>, listener: (message: T) => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  page.fakeMain = main
  page.steno = {
    snapshot: () => Promise.resolve({ ok: true, value: snapshot }),
    onChanged: (listener) => listen(watchers, listener),
    start: () => answer('start', 1),
    stop: () => answer('stop', null),
    cancel: () => answer('cancel', null),
    undoCancel: () => answer('undoCancel', null),
    copy: (id) => answer('copy', null, id),
    retry: (id) => answer('retry', null, id),
    undoEdits: (id, undone) => answer('undoEdits', null, id, undone),
    setSettings: async (patch) => {
      const answered = await answer('setSettings', null, patch)
      if (answered.ok) main.push({ settings: { ...snapshot.settings, ...patch } })
      return answered
    },
    watchKeys: (on) => answer('watchKeys', null, on),
    onKeyEvent: (listener) => listen(keyListeners, listener),
    dismissNotice: async (id) => {
      main.push({ notices: snapshot.notices.filter((notice) => notice.id !== id) })
      return await answer('dismissNotice', null, id)
    },
    tryAgain: () => answer('tryAgain', null),
    searchHistory: (query, before) => {
      const { rows, ...page } = main.history
      const found = rows.filter(({ text }) => text.toLowerCase().includes(query.text.toLowerCase()))
      return answer('searchHistory', { ...page, rows: before === null ? found : [] }, query, before)
    },
    wordsOf: (id) => answer('wordsOf', main.words, id),
    star: (id, starred) => answer('star', null, id, starred),
    tag: (id, tags) => answer('tag', null, id, tags),
    remove: (ids) => answer('remove', null, ids),
    exportDictations: (selection, format) => answer('exportDictations', '/home/me/a.txt', selection, format),
    reread: (id, name) =>
      answer(
        'reread',
        { model: name, text: 'It makes heat to bring out the ode.', realTimeFactor: 0.2 },
        id,
        name,
      ),
    takeReading: (id, name) => answer('takeReading', null, id, name),
    lookIntoPrivacy: () => answer('lookIntoPrivacy', main.privacy),
    showKept: (kind) => answer('showKept', null, kind),
    clearKept: (kind) => answer('clearKept', null, kind),
    readLog: () => answer('readLog', main.log),
    saveBundle: () => answer('saveBundle', '/home/me/diagnostics.txt'),
    downloadModel: (name) => answer('downloadModel', null, name),
    pauseModel: (name) => answer('pauseModel', null, name),
    cancelModel: (name) => answer('cancelModel', null, name),
    verifyModel: (name) => answer('verifyModel', null, name),
    removeModel: (name) => answer('removeModel', null, name),
    importModel: (from) => answer('importModel', null, from),
    useModel: (name) => answer('useModel', null, name),
    compareModels: (names, id) => answer('compareModels', null, names, id),
    stopComparing: () => answer('stopComparing', null),
  }
}
