/** The text of one dictation: folded where it is long, its edits marked, and the way back to what was heard. */
import { useState, type ReactElement } from 'react'
import type { DictationRow } from '../../../../shared/dictation.ts'
import { ask } from '../../state/faults.ts'
import { afterPress, otherWayOf, rowPieces, standOf } from '../words/edits.ts'
import { EditedText } from './edited-text.tsx'

/** A longer text is folded: the list is for finding, not for reading. */
const FOLDED_CHARACTERS = 220

interface RowTextProps {
  readonly row: DictationRow
  /** Of the dictation, for those who cannot see where it is. */
  readonly name: string
}

export function RowText({ row, name }: RowTextProps): ReactElement {
  const { id, text, edits } = row
  const [open, setOpen] = useState(false)
  const [looked, setLooked] = useState<string>()
  const pieces = rowPieces(row, open ? Infinity : FOLDED_CHARACTERS)
  const lookedAt = pieces.find(({ spot }) => spot !== undefined && spot.key === looked)?.spot
  const other = otherWayOf(row)
  const undo = (undone: readonly number[]): void => {
    void ask(() => window.steno.undoEdits(id, undone))
  }
  return (
    <>
      {text !== '' && (
        <p className="row-text">
          <EditedText
            pieces={pieces}
            onPress={(edit) => {
              undo(afterPress(row, edit))
            }}
            onLook={setLooked}
          />{' '}
          {text.length > FOLDED_CHARACTERS && (
            <button
              type="button"
              className="link"
              aria-expanded={open}
              onClick={() => {
                setOpen(!open)
              }}
            >
              {open ? 'Less' : 'More'}
            </button>
          )}
        </p>
      )}
      {edits.length > 0 && (
        <p className="row-edits">
          <span className="row-stand">{lookedAt?.words ?? standOf(row)}</span>
          <button
            type="button"
            className="link"
            aria-label={`${other.label}: ${name}`}
            onClick={() => {
              undo(other.undone)
            }}
          >
            {other.label}
          </button>
        </p>
      )}
    </>
  )
}
