/**
 * How the two worlds of a document find each other. The main world's script runs first and waits for an event whose
 * name only the two scripts know; the isolated world answers with an event that carries the node they will use. Page
 * scripts, which run later, can see neither the name nor the node.
 */
import { page } from './dom.ts'
import type { PageTarget } from './dom.ts'

/** In the main world, before any script of the page. */
export function awaitMeeting(secret: string, met: (node: PageTarget) => void): void {
  page.document.addEventListener(
    secret,
    ({ relatedTarget }) => {
      met(relatedTarget as PageTarget)
    },
    { once: true },
  )
}

/** In the isolated world, right after. */
export function meet(secret: string): PageTarget {
  const node = page.document.createElement('i')
  page.document.dispatchEvent(new page.MouseEvent(secret, { relatedTarget: node }))
  return node
}
