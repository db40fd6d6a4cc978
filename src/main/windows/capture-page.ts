/** The page that owns the microphone, kept alive: commands wait until it is there, and again after a crash. */
import type { CaptureCommand } from '../../shared/capture.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Capture } from '../dictation/ports.ts'
import { AppPage } from './app-page.ts'

type Configuration = Extract<CaptureCommand, { kind: 'configure' }>

export class CapturePage implements Capture, Disposable {
  readonly #page: AppPage
  readonly #clock: Clock
  readonly #reloadMs: number
  readonly #gone: () => void
  #ready = false
  #waiting: CaptureCommand[] = []
  #configuration: Configuration
  #reload: Disposable | undefined

  /** @param gone what is being captured has lost its page. */
  constructor(settings: Settings, clock: Clock, reloadMs: number, log: Log, gone: () => void) {
    this.#clock = clock
    this.#reloadMs = reloadMs
    this.#gone = gone
    this.#configuration = configurationOf(settings)
    this.#page = new AppPage('capture', log, {
      crashed: () => {
        this.#crashed()
      },
    })
  }

  get page(): AppPage {
    return this.#page
  }

  start(id: number): void {
    this.#command({ kind: 'start', id })
  }

  stop(id: number): void {
    this.#command({ kind: 'stop', id })
  }

  play(cue: Extract<CaptureCommand, { kind: 'play' }>['cue']): void {
    this.#command({ kind: 'play', cue })
  }

  /** Sleep is near. */
  release(): void {
    this.#command({ kind: 'release' })
  }

  reopen(): void {
    this.#command({ kind: 'reopen' })
  }

  configure(settings: Settings): void {
    this.#configuration = configurationOf(settings)
    if (this.#ready) this.#page.send('capture', this.#configuration)
  }

  /** The page is there, for the first time or anew. */
  hello(): void {
    this.#ready = true
    this.#page.send('capture', this.#configuration)
    for (const command of this.#waiting.splice(0)) this.#page.send('capture', command)
  }

  [Symbol.dispose](): void {
    this.#reload?.[Symbol.dispose]()
    this.#page[Symbol.dispose]()
  }

  #command(command: CaptureCommand): void {
    if (this.#ready) this.#page.send('capture', command)
    else this.#waiting.push(command)
  }

  #crashed(): void {
    this.#ready = false
    this.#waiting = []
    this.#gone()
    this.#reload = this.#clock.after(this.#reloadMs, () => {
      this.#page.reload()
    })
  }
}

function configurationOf(settings: Settings): Configuration {
  const { microphones, keepMicrophoneOpen, handsFree, autoStopSilenceMs } = settings
  return {
    kind: 'configure',
    microphones,
    keepOpen: keepMicrophoneOpen || handsFree,
    handsFree,
    autoStop: autoStopSilenceMs !== null,
  }
}
