/** The text of the dictation under way, or of the last one. It keeps its end in view unless the reader scrolled up. */
import { memo, useLayoutEffect, useRef, useState, type ReactElement } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useAppStore } from '../../state/app-store.ts'
import { Icon } from '../parts/icons.tsx'
import { PhraseView } from '../parts/phrase-view.tsx'
import { chunksOf } from '../words/chunks.ts'
import { howToTalk } from '../words/how-to.ts'

/** Nearer to the end than this counts as being there: a line of text, about. */
const AT_END_PX = 24

export function LiveText(): ReactElement {
  const lines = useAppStore((state) => state.lines)
  const idle = useAppStore(({ dictation }) => dictation.kind === 'idle')
  const sheet = useRef<HTMLDivElement>(null)
  const [following, setFollowing] = useState(true)
  useLayoutEffect(() => {
    if (following) sheet.current?.scrollTo({ top: sheet.current.scrollHeight })
  }, [lines, following])
  return (
    <div className="sheet-frame">
      {/* It can be scrolled with the keyboard. */}
      <div
        className="sheet"
        ref={sheet}
        role="region"
        aria-label="Text"
        tabIndex={0}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          setFollowing(scrollHeight - scrollTop - clientHeight < AT_END_PX)
        }}
      >
        {lines.length > 0 ? <Text lines={lines} /> : <Empty idle={idle} />}
      </div>
      {!following && (
        <button
          type="button"
          className="to-end"
          onClick={() => {
            setFollowing(true)
            // This button goes; the focus stays near.
            sheet.current?.focus()
          }}
        >
          <Icon name="down" /> Newest words
        </button>
      )}
    </div>
  )
}

function Text({ lines }: { readonly lines: readonly string[] }): ReactElement {
  return (
    <p className="text" data-testid="text">
      {chunksOf(lines).map((text, index) => (
        <Chunk key={index} text={index === 0 ? text : ` ${text}`} />
      ))}
    </p>
  )
}

const Chunk = memo(function Chunk({ text }: { readonly text: string }): ReactElement {
  return <span>{text}</span>
})

function Empty({ idle }: { readonly idle: boolean }): ReactElement {
  const { settings, keys } = useAppStore(useShallow(({ settings, keys }) => ({ settings, keys })))
  if (!idle) return <p className="empty">Your words appear here.</p>
  return (
    <div className="empty">
      <p className="empty-how">
        <PhraseView phrase={howToTalk(settings, keys)} />
      </p>
      {keys.state === 'unavailable' && !settings.handsFree && (
        <p className="empty-why">Keys cannot be held to talk here. {keys.reason}</p>
      )}
    </div>
  )
}
