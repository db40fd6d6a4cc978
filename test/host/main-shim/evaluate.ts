/** Running code in a page's own world. */
import type { ContentsPage } from './contents-page.ts'
import type { Page } from './page.ts'

/** A page that does not answer must not keep its window from closing for ever. */
const UNLOAD_TIMEOUT_MS = 3_000

/**
 * Asks the page's beforeunload listeners as a browser does. Chromium listens to their objections only when a person has
 * touched the page; the event is made here because a real one would open a dialog that Electron does not show.
 */
const ASK_BEFOREUNLOAD = `(() => {
  const event = document.createEvent('BeforeUnloadEvent')
  event.initEvent('beforeunload', false, true)
  dispatchEvent(event)
  const objects = event.defaultPrevented || event.returnValue !== ''
  return !(objects && navigator.userActivation.hasBeenActive)
})()`

/** The value of the code, or of its promise, as `executeJavaScript` gives it. */
export async function evaluateIn(page: Page, code: string, userGesture: boolean): Promise<unknown> {
  const { result, exceptionDetails } = await page.channel.send('Runtime.evaluate', {
    expression: code,
    awaitPromise: true,
    returnByValue: true,
    userGesture,
  })
  if (exceptionDetails === undefined) return result.value as unknown
  const { exception } = exceptionDetails
  // A rejection carries its reason; of what was thrown at once Electron tells no more than this.
  if (exceptionDetails.text.startsWith('Uncaught (in promise)')) {
    const [message] = (exception?.description ?? String(exception?.value)).split('\n')
    throw new Error(message)
  }
  throw new Error(
    'Script failed to execute, this normally means an error was thrown. Check the renderer console for the error.',
  )
}

/** Whether the page agrees to be closed. One that is not there yet after a while has nothing against it. */
export async function mayUnload(contents: ContentsPage): Promise<boolean> {
  const late = new Promise<true>((resolve) => {
    setTimeout(resolve, UNLOAD_TIMEOUT_MS, true).unref()
  })
  return await Promise.race([ask(contents), late])
}

async function ask(contents: ContentsPage): Promise<boolean> {
  try {
    const page = await contents.ready()
    if (contents.crashed || contents.frame === undefined) return true
    return (await evaluateIn(page, ASK_BEFOREUNLOAD, false)) !== false
  } catch {
    return true
  }
}
