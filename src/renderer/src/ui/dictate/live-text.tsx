/** The text of the dictation under way, or of the last one. It keeps its end in view unless the reader scrolled up. */
import { memo, useLayoutEffect, useRef, useState, type ReactElement } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useAppStore } from '../../state/app-store.ts'
import { Icon } from '../parts/icons.tsx'
import { PhraseView } from '../parts/phrase-view.tsx'
import { EMPTY_TEXT, type Preview, type ShownText } from '../../../../shared/dictation.ts'
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

function Text({ lines, preview }: TextProps): ReactElement {
  const chunks = chunksOf(lines)
  const last = chunks.at(-1) ?? EMPTY_TEXT
  return (
    <p className="text" data-testid="text">
      {chunks.slice(0, -1).map((chunk, index) => (
        <span key={index}>
          <Words shown={chunk} />{' '}
        </span>
      ))}
      <span>
        <Words shown={last} />
        <Growing preview={preview} spaced={last.text !== ''} />
      </span>
    </p>
  )
}

/** Hidden from a voice that reads the text: it would be dictated, too. */
function Growing({ preview: { stable, tentative }, spaced }: GrowingProps): ReactElement | undefined {
  if (stable.text + tentative.text === '') return undefined
  return (
    <span data-testid="preview" aria-hidden="true">
      {spaced && ' '}
      <Words shown={stable} />
      {tentative.text !== '' && (
        <em className="tentative">
          {stable.text !== '' && ' '}
          <Words shown={tentative} />
        </em>
      )}
    </span>
  )
}

interface GrowingProps {
  readonly preview: Preview
  readonly spaced: boolean
}

/** Drawn once, as long as the text is the same: main sends it as another object each time. */
const Words = memo(
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
  },
  (before, after) => before.shown.text === after.shown.text,
)

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
