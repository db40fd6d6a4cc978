/**
 * When the overlay is seen: with a dictation, and long enough after it to read how it ended; not beside a window that
 * has the focus, which shows (and reads out) the same.
 */
import type { Clock } from '../../shared/clock.ts'
import type { AppSnapshot, DictationState, Outcome } from '../../shared/dictation.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Tuning } from '../../shared/tuning.ts'

/** The window itself (overlay-window.ts). */
export interface OverlayWindow {
  readonly visible: boolean
  show(edge: Settings['overlay']): void
  hide(): void
}

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
  readonly #window: OverlayWindow
  readonly #windowFocused: () => boolean
  readonly #clock: Clock
  readonly #tuning: Tuning
  /** The outcome of the last call: it is news once. */
  #told: Outcome | undefined
  #hide: Disposable | undefined

  /** @param windowFocused whether the user looks at Steno's window. */
  constructor(window: OverlayWindow, windowFocused: () => boolean, clock: Clock, tuning: Tuning) {
    this.#window = window
    this.#windowFocused = windowFocused
    this.#clock = clock
    this.#tuning = tuning
  }

  /** Something that decides about the overlay has changed. */
  follow({ dictation, outcome, settings }: Pick<AppSnapshot, 'dictation' | 'outcome' | 'settings'>): void {
    const wanted = settings.overlay !== 'off' && !this.#windowFocused()
    const news = dictation.kind !== 'idle' || outcome !== this.#told
    this.#told = outcome
    if (wanted && !news) return
    this[Symbol.dispose]()
    const stayMs = wanted ? overlayStayMs(dictation, outcome, this.#tuning) : undefined
    if (stayMs === undefined) {
      this.#window.hide()
      return
    }
    if (!this.#window.visible) this.#window.show(settings.overlay)
    if (stayMs === Infinity) return
    this.#hide = this.#clock.after(stayMs, () => {
      this.#window.hide()
    })
  }

  [Symbol.dispose](): void {
    this.#hide?.[Symbol.dispose]()
    this.#hide = undefined
  }
}
