/**
 * When the overlay is seen, and where: with a dictation, and long enough after it to read how it ended; not beside a
 * window that has the focus, which shows (and reads out) the same.
 */
import { screen, type BrowserWindow } from 'electron'
import type { Clock } from '../../shared/clock.ts'
import type { AppSnapshot, DictationState, Outcome } from '../../shared/dictation.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Tuning } from '../../shared/tuning.ts'

/** Between the overlay and the edge of the screen's work area, in device-independent pixels. */
const MARGIN = 24

/** How long an overlay stays that shows this; undefined: it goes at once, Infinity: as long as it lasts. Pure. */
export function overlayStayMs(
  dictation: DictationState,
  outcome: Outcome | undefined,
  { overlayDoneMs, overlayFailedMs }: Tuning,
): number | undefined {
  if (dictation.kind !== 'idle') return Infinity
  switch (outcome?.kind) {
    case undefined:
    case 'interrupted':
      return undefined
    case 'copied':
    case 'nothing-heard':
      return overlayDoneMs
    case 'cancelled':
    case 'failed':
    case 'undelivered':
      return overlayFailedMs
  }
}

export class Overlay implements Disposable {
  readonly #window: () => BrowserWindow
  readonly #clock: Clock
  readonly #tuning: Tuning
  readonly #windowFocused: () => boolean
  #hide: Disposable | undefined

  constructor(window: () => BrowserWindow, windowFocused: () => boolean, clock: Clock, tuning: Tuning) {
    this.#window = window
    this.#windowFocused = windowFocused
    this.#clock = clock
    this.#tuning = tuning
  }

  /** Something of the snapshot that decides about the overlay has changed. */
  follow({ dictation, outcome, settings }: Pick<AppSnapshot, 'dictation' | 'outcome' | 'settings'>): void {
    this[Symbol.dispose]()
    const stayMs =
      settings.overlay === 'off' || this.#windowFocused()
        ? undefined
        : overlayStayMs(dictation, outcome, this.#tuning)
    const window = this.#window()
    if (window.isDestroyed()) return
    if (stayMs === undefined) {
      window.hide()
      return
    }
    if (!window.isVisible()) this.#show(window, settings.overlay)
    if (stayMs === Infinity) return
    this.#hide = this.#clock.after(stayMs, () => {
      if (!window.isDestroyed()) window.hide()
    })
  }

  [Symbol.dispose](): void {
    this.#hide?.[Symbol.dispose]()
    this.#hide = undefined
  }

  #show(window: BrowserWindow, edge: Settings['overlay']): void {
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
    const { width, height } = window.getBounds()
    window.setBounds({
      x: Math.round(workArea.x + (workArea.width - width) / 2),
      y: edge === 'top' ? workArea.y + MARGIN : workArea.y + workArea.height - height - MARGIN,
      width,
      height,
    })
    window.setIgnoreMouseEvents(true)
    // Above full-screen programs too; on each desktop the user goes to.
    window.setAlwaysOnTop(true, 'screen-saver')
    window.setVisibleOnAllWorkspaces(true)
    window.showInactive()
  }
}
