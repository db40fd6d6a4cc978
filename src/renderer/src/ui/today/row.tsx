/** One dictation of the list: when, how long, what, and what can be done with it. */
import { memo, useState, type ReactElement } from 'react'
import type { DictationId, DictationRow } from '../../../../shared/dictation.ts'
import { ask } from '../../state/faults.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { duration, headOf, timeOfDay } from '../words/format.ts'
import { noteOfRow, retryLabel } from '../words/outcomes.ts'
import { Player } from './player.tsx'

/** A longer text is folded: the list is for finding, not for reading. */
const FOLDED_CHARACTERS = 220

interface RowProps {
  readonly row: DictationRow
  readonly playing: boolean
  readonly setPlaying: (id: DictationId | undefined) => void
}

export const Row = memo(function Row({ row, playing, setPlaying }: RowProps): ReactElement {
  const { id, text, outcome, hasSound } = row
  const time = timeOfDay(row.startedAt)
  const note = noteOfRow(row)
  const settled = outcome !== undefined
  return (
    <li className="row" data-testid="row" data-outcome={outcome?.kind ?? 'pending'}>
      <div className="row-head">
        <p className="row-when">
          <time>{time}</time> <span>{duration(row.seconds)}</span>
        </p>
        <div className="row-actions">
          {text !== '' && (
            <IconButton
              icon="copy"
              name={`Copy the text of ${time}`}
              onPress={() => void ask(() => window.steno.copy(id))}
            />
          )}
          {hasSound && (
            <>
              <IconButton
                icon={playing ? 'close' : 'play'}
                name={playing ? `Close the player of ${time}` : `Play the sound of ${time}`}
                disabled={!settled}
                onPress={() => {
                  setPlaying(playing ? undefined : id)
                }}
              />
              <IconButton
                icon="again"
                name={`${retryLabel(row)}: ${time}`}
                disabled={!settled}
                onPress={() => void ask(() => window.steno.retry(id))}
              />
            </>
          )}
        </div>
      </div>
      {text !== '' && <RowText text={text} />}
      {note !== undefined && <p className="row-note">{note}</p>}
      {playing && <Player id={id} seconds={row.seconds} name={time} />}
    </li>
  )
}, sameRow)

function RowText({ text }: { readonly text: string }): ReactElement {
  const [open, setOpen] = useState(false)
  if (text.length <= FOLDED_CHARACTERS) return <p className="row-text">{text}</p>
  return (
    <p className="row-text">
      {open ? text : headOf(text, FOLDED_CHARACTERS)}{' '}
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
    </p>
  )
}

/** Main sends the whole list when one row changes: the others are equal, though not the same objects. */
function sameRow(before: RowProps, after: RowProps): boolean {
  return (
    before.playing === after.playing &&
    before.row.id === after.row.id &&
    before.row.text === after.row.text &&
    before.row.seconds === after.row.seconds &&
    before.row.hasSound === after.row.hasSound &&
    JSON.stringify(before.row.outcome) === JSON.stringify(after.row.outcome)
  )
}
