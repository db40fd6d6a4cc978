/** The one polite voice of the window: tells a screen reader what has changed. */
import { useEffect, useState, type ReactElement } from 'react'
import { useAppStore } from '../state/app-store.ts'
import { newsOf } from './words/news.ts'

/** What was said before stays for those who read back, but not for ever. */
const KEPT = 3

interface Said {
  readonly id: number
  readonly text: string
}

export function Announcer(): ReactElement {
  const [said, setSaid] = useState<readonly Said[]>([])
  useEffect(
    () =>
      useAppStore.subscribe((after, before) => {
        // In the background the overlay speaks, where there is one; both would be one too many.
        if (!document.hasFocus() && after.settings.overlay !== 'off') return
        const news = newsOf(before, after)
        if (news.length === 0) return
        setSaid((earlier) => {
          const next = (earlier.at(-1)?.id ?? 0) + 1
          return [...earlier, ...news.map((text, index) => ({ id: next + index, text }))].slice(-KEPT)
        })
      }),
    [],
  )
  return (
    <div className="visually-hidden" role="status" data-testid="announcer">
      {said.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  )
}
