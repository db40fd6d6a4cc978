/** The window people see and the overlay: opened when wanted, told what changed, loaded anew after a crash. */
import type { WebContents } from 'electron'
import type { AppSnapshot } from '../../shared/dictation.ts'
import type { KeyEvent } from '../../shared/keys.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Log } from '../../shared/log.ts'
import { AppPage, type Role } from './app-page.ts'

export interface MainWindowsOptions {
  readonly clock: Clock
  readonly reloadMs: number
  readonly log: Log
  /** The user has closed the window. */
  readonly closed: () => void
  /** The window got the focus, or lost it. */
  readonly focusChanged: () => void
}

export class MainWindows implements Disposable {
  readonly #options: MainWindowsOptions
  readonly #overlay: AppPage
  #window: AppPage | undefined
  readonly #reloads = new DisposableStack()

  constructor(options: MainWindowsOptions) {
    this.#options = options
    this.#overlay = this.#open('overlay')
  }

  get overlay(): AppPage {
    return this.#overlay
  }

  /** Whether the user looks at the window. */
  get focused(): boolean {
    return this.#window?.alive === true && this.#window.window.isFocused()
  }

  /** Brings the window to the front; opens it first when it is closed. */
  show(): void {
    if (this.#window?.alive === true) {
      const { window } = this.#window
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
      return
    }
    const page = this.#open('window')
    page.window.once('ready-to-show', () => {
      if (page.alive) page.window.show()
    })
    page.window.on('focus', this.#options.focusChanged)
    page.window.on('blur', this.#options.focusChanged)
    this.#window = page
  }

  /** Those that are there. */
  get pages(): readonly AppPage[] {
    return [this.#window, this.#overlay].filter((page): page is AppPage => page?.alive === true)
  }

  roleOf(contents: WebContents): Role | undefined {
    return this.pages.find((page) => page.owns(contents))?.role
  }

  changed(slices: Partial<AppSnapshot>): void {
    this.#window?.send('changed', slices)
    this.#overlay.send('changed', slices)
  }

  keyEvent(event: KeyEvent): void {
    this.#window?.send('key-event', event)
  }

  [Symbol.dispose](): void {
    this.#reloads.dispose()
    this.#window?.[Symbol.dispose]()
    this.#overlay[Symbol.dispose]()
  }

  #open(role: 'window' | 'overlay'): AppPage {
    const { clock, reloadMs, log, closed } = this.#options
    const page = new AppPage(role, log, {
      closed: () => {
        if (role === 'window') closed()
      },
      crashed: () => {
        this.#reloads.use(
          clock.after(reloadMs, () => {
            page.reload()
          }),
        )
      },
    })
    return page
  }
}
