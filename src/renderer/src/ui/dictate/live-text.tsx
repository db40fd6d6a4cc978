/** The text of the dictation under way, or of the last one. It keeps its end in view unless the reader scrolled up. */
import { memo, useLayoutEffect, useRef, useState, type ReactElement } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useAppStore } from '../../state/app-store.ts'
import { Icon } from '../parts/icons.tsx'
import { PhraseView } from '../parts/phrase-view.tsx'
import type { Preview, ShownText } from '../../../../shared/dictation.ts'
import { chunksOf, piecesOf } from '../words/chunks.ts'
import { howToTalk } from '../words/how-to.ts'

/** Nearer to the end than this counts as being there: a line of text, about. */
const AT_END_PX = 24

export function LiveText(): ReactElement {
  const { lines, preview } = useAppStore(useShallow(({ lines, preview }) => ({ lines, preview })))
  const idle = useAppStore(({ dictation }) => dictation.kind === 'idle')
  const sheet = useRef<HTMLDivElement>(null)
  const [following, setFollowing] = useState(true)
  useLayoutEffect(() => {
    if (following) sheet.current?.scrollTo({ top: sheet.current.scrollHeight })
  }, [lines, preview, following])
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
        {isEmpty(lines, preview) ? <Empty idle={idle} /> : <Text lines={lines} preview={preview} />}
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

function isEmpty(lines: readonly ShownText[], { stable, tentative }: Preview): boolean {
  return lines.length === 0 && stable.text === '' && tentative.text === ''
}

interface TextProps {
  readonly lines: readonly ShownText[]
  readonly preview: Preview
}

function Text({ lines, preview: { stable, tentative } }: TextProps): ReactElement {
  return (
    <p className="text" data-testid="text">
      {chunksOf(lines).map((chunk, index) => (
        <Chunk key={index} shown={chunk} spaced={index > 0} />
      ))}
      {/* It is read out once it is final: before, a voice that reads it would be dictated, too. */}
      {stable.text + tentative.text !== '' && (
        <span className="preview" data-testid="preview" aria-hidden="true">
          <Words shown={stable} />
          {tentative.text !== '' && (
            <em className="tentative">
              {stable.text !== '' && ' '}
              <Words shown={tentative} />
            </em>
          )}
        </span>
      )}
    </p>
  )
}

interface ChunkProps {
  readonly shown: ShownText
  readonly spaced: boolean
}

/** What is finished is drawn once: main sends the same text as another object. */
const Chunk = memo(
  function Chunk({ shown, spaced }: ChunkProps): ReactElement {
    return (
      <span>
        {spaced && ' '}
        <Words shown={shown} />
      </span>
    )
  },
  (before, after) => before.shown.text === after.shown.text && before.spaced === after.spaced,
)

function Words({ shown }: { readonly shown: ShownText }): ReactElement {
  return (
    <>
      {piecesOf(shown).map(({ text, doubtful }, index) =>
        doubtful ? (
          <u key={index} className="doubtful">
            {text}
          </u>
        ) : (
          text
        ),
      )}
    </>
  )
}

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
