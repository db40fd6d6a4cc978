/** What Chromium tells of all pages at once: crashes, ends, popups. Finds the webContents and passes it on. */
import type { CdpConnection } from '../cdp/client.ts'
import { app } from './app.ts'
import { showTheme } from './color-scheme.ts'
import { contentsList } from './contents-list.ts'
import { nativeTheme } from './desktop/native-theme.ts'
import { WebContents } from './web-contents.ts'

type Reason = Electron.RenderProcessGoneDetails['reason']

export async function watchTargets({ browser }: CdpConnection): Promise<void> {
  browser.on('Target.targetCrashed', ({ targetId, status, errorCode }) => {
    const contents = find(targetId)
    if (contents !== undefined)
      WebContents.pageOf(contents).crash({ reason: reasonOf(status), exitCode: errorCode })
  })
  // Pages from elsewhere than the app's own schemes could still open windows.
  browser.on('Target.targetCreated', ({ targetInfo: { type, openerId, targetId } }) => {
    if (type === 'page' && openerId !== undefined) browser.tell('Target.closeTarget', { targetId })
  })
  browser.on('Target.targetDestroyed', ({ targetId }) => {
    const contents = find(targetId)
    // Closed by a person or by the page itself: main can only take note.
    contents?.close()
  })
  nativeTheme.on('updated', () => {
    for (const contents of contentsList.all()) {
      const { page } = WebContents.pageOf(contents)
      if (page !== undefined) showTheme(page)
    }
  })
  await browser.send('Target.setDiscoverTargets', { discover: true })
}

/** All of Chromium is gone, and with it every page. In Electron that would be the main process itself: the app ends. */
export function chromiumEnded(): void {
  for (const contents of contentsList.all()) {
    WebContents.pageOf(contents).crash({ reason: 'crashed', exitCode: 1 })
  }
  app.exit(1)
}

function find(targetId: string): WebContents | undefined {
  return contentsList.all().find((contents) => WebContents.pageOf(contents).page?.targetId === targetId)
}

/** From base::TerminationStatus as CDP words it. */
function reasonOf(status: string): Reason {
  switch (status) {
    case 'killed':
    case 'oom':
    case 'launch-failed':
      return status
    case 'abnormal':
      return 'abnormal-exit'
    default:
      return 'crashed'
  }
}
