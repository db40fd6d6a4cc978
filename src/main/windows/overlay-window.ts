/** The overlay's window on the screen where the pointer is: above everything, never in the way of the mouse. */
import { screen } from 'electron'
import type { AppPage } from './app-page.ts'
import type { OverlayWindow } from './overlay.ts'

/** Between the overlay and the edge of the screen's work area, in device-independent pixels. */
const MARGIN = 24

export function overlayWindow(page: AppPage): OverlayWindow {
  const { window } = page
  return {
    get visible() {
      return page.alive && window.isVisible()
    },
    show(edge) {
      if (!page.alive) return
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
    },
    hide() {
      if (page.alive) window.hide()
    },
  }
}
