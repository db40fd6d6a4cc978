/** Which page is open: the address says so, so that links are links and main can open a page by its name. */
import { useSyncExternalStore } from 'react'

export const PAGES = ['dictate', 'history', 'models', 'settings', 'privacy', 'inside'] as const
export type Page = (typeof PAGES)[number]

export function usePage(): Page {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash)
  return PAGES.find((page) => hash === `#${page}`) ?? 'dictate'
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => {
    window.removeEventListener('hashchange', changed)
  }
}
