/** The real window around a page: its place, size and visibility in Chromium, brought in line with the model's. */
import type Electron from 'electron'
import type { ContentsPage } from './contents-page.ts'
import { engine } from './engine.ts'

export class NativeWindow {
  readonly #contents: ContentsPage
  /** One change after the other, so that the last one wins. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(contents: ContentsPage) {
    this.#contents = contents
  }

  /** The page gets the size that the app gave the window; Chromium's own bars come on top of it. */
  place({ x, y, width, height }: Electron.Rectangle): void {
    this.#change(async (windowId, targetId) => {
      const { browser } = engine().connection
      const { channel } = await this.#contents.ready()
      const [{ cssLayoutViewport }, { bounds }] = await Promise.all([
        channel.send('Page.getLayoutMetrics'),
        browser.send('Browser.getWindowForTarget', { targetId }),
      ])
      const bars = Math.max(0, (bounds.height ?? height) - cssLayoutViewport.clientHeight)
      await browser.send('Browser.setWindowBounds', {
        windowId,
        bounds: { left: x, top: y, width, height: height + bars },
      })
    })
  }

  /** Without a screen all windows stay as they are: nobody sees them, and pages must go on rendering. */
  setVisible(visible: boolean): void {
    if (!engine().headed) return
    this.#change(async (windowId) => {
      await engine().connection.browser.send('Browser.setWindowBounds', {
        windowId,
        bounds: { windowState: visible ? 'normal' : 'minimized' },
      })
    })
  }

  focus(): void {
    if (!engine().headed) return
    this.#change(async (_windowId, targetId) => {
      await engine().connection.browser.send('Target.activateTarget', { targetId })
    })
  }

  #change(action: (windowId: number, targetId: string) => Promise<void>): void {
    this.#queue = this.#queue
      .then(async () => {
        const { targetId } = await this.#contents.ready()
        const { browser } = engine().connection
        const { windowId } = await browser.send('Browser.getWindowForTarget', { targetId })
        await action(windowId, targetId)
      })
      // The window may be gone; its owner hears of that elsewhere.
      .catch(() => undefined)
  }
}
