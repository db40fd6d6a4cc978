/** Builds every part of the app and joins them; each is put away by the act of the shutdown it is registered with. */
import { app, nativeTheme, session, type WebContents } from 'electron'
import { platformNamed } from '../shared/chords.ts'
import type { Clock } from '../shared/clock.ts'
import type { AppSnapshot } from '../shared/dictation.ts'
import { textOf, toWire } from '../shared/errors.ts'
import type { Log } from '../shared/log.ts'
import type { Settings } from '../shared/settings.ts'
import type { Tuning } from '../shared/tuning.ts'
import { defaultRecordsFolder, openRunRecords } from '../supervisor/run-records.ts'
import type { Supervisor } from '../supervisor/supervisor.ts'
import { AppState } from './app-state.ts'
import { setAutostart } from './system/autostart.ts'
import { CapturePage } from './windows/capture-page.ts'
import type { RemoteCommand } from './system/command-line.ts'
import { FileCustody } from './custody/file-custody.ts'
import { Dictations } from './dictation/dictations.ts'
import { answers } from './answers.ts'
import { serveIpc } from './ipc.ts'
import { RequestLog } from './diagnostics/requests.ts'
import { historyAnswers } from './history/build.ts'
import { intentsOf } from './dictation/intents.ts'
import { Keys } from './keys/keys.ts'
import { systemShortcuts } from './keys/shortcuts.ts'
import { MainWindows } from './windows/main-windows.ts'
import { Notices } from './notices.ts'
import { clipboardOutput } from './output/clipboard.ts'
import { Overlay } from './windows/overlay.ts'
import { overlayWindow } from './windows/overlay-window.ts'
import { keysEntry, rendererFolder, starterModel, userFiles } from './paths.ts'
import { watchPower } from './system/power.ts'
import { watchProcesses } from './system/processes.ts'
import { serveRenderer } from './windows/renderer-scheme.ts'
import { guardPermissions } from './windows/security.ts'
import { withoutWords } from './settings/without-words.ts'
import { SettingsStore } from './settings/settings-store.ts'
import type { Shutdown } from './shutdown.ts'
import { summarise } from './dictation/timings.ts'
import { Models } from './models/models.ts'
import { createSupervisor, transcriptionOf } from './transcription.ts'
import { AppTray } from './tray/tray.ts'
import { runTrayCommand } from './tray/commands.ts'
import { TRAY_SLICES } from './tray/menu.ts'
import { utilityAdapter } from './system/utility-adapter.ts'
import { PAGE_NAMES, type Role } from './windows/app-page.ts'

const GOES_ON = 'Steno goes on with the model it had.'

export interface StenoOptions {
  readonly clock: Clock
  readonly tuning: Tuning
  readonly log: Log
  readonly shutdown: Shutdown
  /** Started by the session: only the tray is seen. */
  readonly hidden: boolean
}

export class Steno {
  readonly #options: StenoOptions
  readonly #state: AppState
  readonly #notices: Notices
  readonly #settings: SettingsStore
  readonly #requests: RequestLog
  readonly #custody: FileCustody
  readonly #models: Models
  readonly #supervisor: Supervisor
  readonly #windows: MainWindows
  readonly #capture: CapturePage
  readonly #dictations: Dictations
  readonly #overlay: Overlay
  readonly #keys: Keys
  readonly #tray: AppTray
  #processes: Disposable | undefined
  #modelFolder = starterModel()

  /** After the app is ready. */
  constructor(options: StenoOptions) {
    const { clock, tuning, log, shutdown } = options
    const files = userFiles()
    this.#options = options
    this.#state = shutdown.during('close the message channels', new AppState())
    this.#notices = new Notices((notices) => {
      this.#state.set({ notices })
    })
    const { tell } = this.#notices
    this.#settings = shutdown.during(
      'close the message channels',
      new SettingsStore(files.settings, tell, log),
    )

    this.#requests = new RequestLog(files.requests, Date.now, log)
    this.#custody = shutdown.during(
      'delete temporary files',
      new FileCustody({
        folder: files.dictations,
        tell,
        log,
        withdraw: (text) => {
          this.#notices.withdraw(text)
        },
        clock,
        tuning,
        now: Date.now,
        limits: () => this.#settings.settings,
        changed: () => {
          this.#showHistory()
        },
      }),
    )
    serveRenderer(rendererFolder, (id) => this.#custody.pathOf(id))
    guardPermissions(session.defaultSession, (contents) => this.#capture.page.owns(contents))

    this.#models = shutdown.during('end every child', this.#createModels())
    const records = openRunRecords(defaultRecordsFolder(), log)
    this.#supervisor = shutdown.during(
      'release the model',
      createSupervisor(this.#models.current(), {
        clock,
        tuning,
        records,
        log,
        fellBack: (reason, failed) => {
          const title = this.#models.failedToLoad(failed, reason)
          tell('error', `${title} could not be loaded: ${reason.message}`, GOES_ON)
          // Once the supervisor has turned to the other one.
          queueMicrotask(() => void this.#dictations.warm())
        },
      }),
    )
    this.#windows = shutdown.during(
      'end every child',
      new MainWindows({
        clock,
        reloadMs: tuning.pageReloadMs,
        log,
        closed: () => {
          this.#windowClosed()
        },
        focusChanged: () => {
          this.#overlay.follow(this.#state.snapshot)
        },
      }),
    )
    this.#capture = shutdown.during(
      'stop capture',
      new CapturePage(this.#settings.settings, clock, tuning.pageReloadMs, log, () => {
        this.#dictations.captureGone()
      }),
    )
    this.#dictations = shutdown.during('stop capture', this.#createDictations())
    this.#overlay = shutdown.during(
      'stop capture',
      new Overlay(overlayWindow(this.#windows.overlay), () => this.#windows.focused, clock, tuning),
    )
    this.#keys = shutdown.during('end every child', this.#createKeys())
    this.#tray = shutdown.during(
      'end every child',
      new AppTray(this.#state.snapshot, (command) => {
        runTrayCommand(command, {
          dictations: this.#dictations,
          settings: this.#settings,
          run: this.run.bind(this),
          quit: app.quit.bind(app),
          attempt: this.#attempt.bind(this),
        })
      }),
    )
    shutdown.during(
      'close the message channels',
      serveIpc({
        handlers: answers({
          state: this.#state,
          notices: this.#notices,
          settings: this.#settings,
          capture: this.#capture,
          dictations: this.#dictations,
          keys: this.#keys,
          models: this.#models.answers(),
          history: historyAnswers(this.#custody, this.#requests, this.#models, () => this.#state.snapshot),
          warm: () => void this.#dictations.warm(),
          log,
        }),
        attach: this.#dictations.attach.bind(this.#dictations),
        roleOf: (contents) => this.#roleOf(contents),
        log,
      }),
    )
    shutdown.during('stop capture', this.#watchPower())
    this.#follow()
    if (!options.hidden) this.#show()
    void this.#warmUp()
  }

  /** What a second launch, or the first one's own arguments, ask for. */
  run(command: RemoteCommand): void {
    switch (command) {
      case 'show':
        this.#show()
        break
      case 'toggle':
        this.#toggle()
        break
      case 'start':
        this.#dictations.start('latched')
        break
      case 'stop':
        this.#dictations.stop()
        break
      case 'cancel':
        this.#dictations.cancel()
        break
    }
  }

  #createModels(): Models {
    const { clock, tuning, log } = this.#options
    return new Models({
      ...{ clock, tuning, log },
      settings: () => this.#settings.settings,
      change: this.#settings.change.bind(this.#settings),
      publish: this.#state.set.bind(this.#state),
      noteRequest: this.#requests.note,
      soundOf: (id) => this.#custody.soundOf(id),
      changed: () => {
        this.#useModel()
      },
    })
  }

  #createDictations(): Dictations {
    const { clock, tuning, log } = this.#options
    return new Dictations({
      capture: this.#capture,
      transcription: transcriptionOf(this.#supervisor, (other) => this.#models.current(other)),
      custody: this.#custody,
      output: clipboardOutput,
      clock,
      tuning,
      log,
      settings: () => this.#settings.settings,
      now: Date.now,
      tell: this.#notices.tell,
      modelName: (id) => this.#models.nameOf(id),
      publish: this.#state.set.bind(this.#state),
    })
  }

  #createKeys(): Keys {
    const { clock, tuning, log } = this.#options
    const dictations = this.#dictations
    const keys = new Keys({
      hook: utilityAdapter(keysEntry, 'Steno keys'),
      shortcuts: systemShortcuts,
      platform: platformNamed(process.platform),
      records: openRunRecords(defaultRecordsFolder(), log),
      clock,
      tuning,
      log,
      intents: intentsOf(dictations, this.#notices.tell, (work) => {
        this.#attempt(work)
      }),
    })
    keys.onHealth((health) => {
      this.#state.set({ keys: health })
    })
    keys.onKeyEvent((event) => {
      this.#windows.keyEvent(event)
    })
    return keys
  }

  /** Who has to know of a change learns it here. */
  #follow(): void {
    const { log, shutdown } = this.#options
    this.#settings.onChange((now, before) => {
      this.#state.set({ settings: now })
      this.#applySettings(now, before)
    })
    shutdown.during(
      'close the message channels',
      this.#state.onChange((slices) => {
        this.#windows.changed(slices)
        if (TRAY_SLICES.some((slice) => slice in slices)) this.#tray.follow(this.#state.snapshot)
        if ('dictation' in slices || 'outcome' in slices || 'settings' in slices) {
          this.#overlay.follow(this.#state.snapshot)
        }
        if (slices.dictation !== undefined) this.#dictationChanged(slices.dictation)
      }),
    )
    const { settings } = this.#settings
    this.#state.set({ settings })
    nativeTheme.themeSource = settings.theme
    this.#keys.apply(settings)
    this.#showHistory()
    log('info', `settings: ${JSON.stringify(withoutWords(settings))}`)
  }

  #dictationChanged(dictation: AppSnapshot['dictation']): void {
    this.#keys.dictating(dictation.kind === 'starting' || dictation.kind === 'listening')
  }

  #applySettings(now: Settings, before: Settings): void {
    nativeTheme.themeSource = now.theme
    this.#keys.apply(now)
    this.#capture.configure(now)
    this.#useModel()
    this.#models.settingsChanged()
    if (now.openAtLogin !== before.openAtLogin) setAutostart(now.openAtLogin, this.#notices.tell)
  }

  /** Another model is loaded at once: the next dictation is to find it ready. */
  #useModel(): void {
    const wanted = this.#models.current()
    this.#supervisor.use(wanted)
    if (wanted.folder === this.#modelFolder) return
    this.#modelFolder = wanted.folder
    void this.#dictations.warm()
  }

  #watchPower(): Disposable {
    return watchPower({
      suspend: () => {
        this.#dictations.stop()
        this.#keys.lost('suspend')
        this.#capture.release()
      },
      resume: () => {
        this.#capture.reopen()
      },
      // Nobody dictates behind a locked screen, and nothing is listened to there.
      lock: () => {
        this.#dictations.stop()
        this.#keys.lost('lock')
        this.#capture.release()
      },
      unlock: () => {
        this.#capture.reopen()
      },
    })
  }

  #roleOf(contents: WebContents): Role | undefined {
    return this.#capture.page.owns(contents) ? 'capture' : this.#windows.roleOf(contents)
  }

  #windowClosed(): void {
    this.#keys.watch(false)
    this.#processes?.[Symbol.dispose]()
    this.#processes = undefined
    // A closed window gives its memory back, and the model's: the next key-down loads it behind the speech.
    if (this.#settings.settings.whenClosed === 'quit') app.quit()
    else this.#supervisor.unload()
  }

  #show(): void {
    const { clock, tuning } = this.#options
    this.#windows.show()
    // Measured only while there is a window that shows it.
    this.#processes ??= watchProcesses(
      clock,
      tuning.processesEveryMs,
      (pid) => this.#pageOf(pid),
      (processes) => {
        this.#state.set({ processes })
      },
    )
  }

  #pageOf(pid: number): string | undefined {
    const page = [...this.#windows.pages, this.#capture.page].find((one) => one.pid === pid)
    return page === undefined ? undefined : PAGE_NAMES[page.role]
  }

  #showHistory(): void {
    this.#state.set({ today: this.#custody.rows(), timings: summarise(this.#custody.times()) })
  }

  async #warmUp(): Promise<void> {
    await this.#models.open().catch((error: unknown) => {
      this.#options.log('error', `the models on disk: ${textOf(error)}`)
    })
    await this.#dictations.warm()
    await this.#dictations.recover(this.#custody.leftOvers)
  }

  #toggle(): void {
    const { dictation } = this.#state.snapshot
    if (dictation.kind === 'starting' || dictation.kind === 'listening') this.#dictations.stop()
    else this.#dictations.start('latched')
  }

  /** A failure of what a key or the tray asked for is told: there is no window that waits for an answer. */
  #attempt(work: Promise<void>): void {
    work.catch((error: unknown) => {
      const { message, hint } = toWire(error)
      this.#notices.tell('error', message, hint)
    })
  }
}
