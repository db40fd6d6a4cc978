/**
 * A text with its edits marked; a press undoes one, and does it again. All of them are one stop for Tab, the arrows go
 * from one to the next: a list of long texts must not take hundreds of steps.
 */
import { useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import type { RowPiece, Spot } from '../words/edits.ts'

interface EditedTextProps {
  readonly pieces: readonly RowPiece[]
  readonly onPress: (edit: number) => void
  /** Key of the place that somebody looks at, or of none any more. */
  readonly onLook: (key: string | undefined) => void
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

export function EditedText({ pieces, onPress, onLook }: EditedTextProps): ReactElement {
  const text = useRef<HTMLSpanElement>(null)
  const [current, setCurrent] = useState<string>()
  const keys = pieces.flatMap(({ spot }) => spot?.key ?? [])
  const stop = current !== undefined && keys.includes(current) ? current : keys[0]

  const onKeyDown = (event: KeyboardEvent, { key, edit }: Spot): void => {
    const step = STEPS[event.key]
    if (event.key === 'Enter' || event.key === ' ') onPress(edit)
    else if (step !== undefined) {
      const marks = text.current?.querySelectorAll<HTMLElement>('.edit')
      marks?.[keys.indexOf(key) + step]?.focus()
    } else return
    event.preventDefault()
  }

  return (
    <span ref={text}>
      {pieces.map(({ text: piece, spot }, index) =>
        spot === undefined ? (
          <span key={index}>{piece}</span>
        ) : (
          <span
            key={spot.key}
            className="edit"
            role="button"
            tabIndex={spot.key === stop ? 0 : -1}
            title={`${spot.words} (press to ${spot.undone ? 'edit it again' : 'undo'})`}
            // What has no letter in it has no name to read out.
            aria-label={/[\p{L}\p{N}]/u.test(piece) ? undefined : spot.words}
            data-undone={spot.undone}
            data-blank={piece.trim() === ''}
            onClick={() => {
              onPress(spot.edit)
            }}
            onKeyDown={(event) => {
              onKeyDown(event, spot)
            }}
            onFocus={() => {
              setCurrent(spot.key)
              onLook(spot.key)
            }}
            onBlur={() => {
              onLook(undefined)
            }}
            onMouseEnter={() => {
              onLook(spot.key)
            }}
            onMouseLeave={() => {
              onLook(undefined)
            }}
          >
            {piece}
          </span>
        ),
      )}
    </span>
  )
}
