/**
 * Navigations that main cannot hold, because they need no request (about:, blob:, data:), never begin: main is told
 * instead and emits will-navigate. What main itself starts does not come by here.
 */
import { page } from './dom.ts'

export function holdBack(tell: (url: string) => void): void {
  page.navigation.addEventListener('navigate', (event) => {
    const { url, sameDocument } = event.destination
    if (sameDocument || !event.cancelable || /^https?:/.test(url)) return
    event.preventDefault()
    tell(url)
  })
}
