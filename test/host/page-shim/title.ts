/** Tells of the document's title: first when the document has been parsed, then whenever it changes. */
import { page } from './dom.ts'

export function watchTitle(tell: (title: string) => void): void {
  let last = ''
  const look = (): void => {
    const { title } = page.document
    if (title !== last) tell(title)
    last = title
  }
  page.document.addEventListener(
    'DOMContentLoaded',
    () => {
      look()
      new page.MutationObserver(look).observe(page.document.head, {
        childList: true,
        characterData: true,
        subtree: true,
      })
    },
    { once: true },
  )
}
