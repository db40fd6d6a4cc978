/** One dictation of the list: when, how long, what, and what can be done with it. */
import { memo, type ReactElement } from 'react'
import type { DictationId, DictationRow } from '../../../../shared/dictation.ts'
import { ask } from '../../state/faults.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { duration, timeOfDay } from '../words/format.ts'
import { noteOfRow, retryLabel } from '../words/outcomes.ts'
import { Player } from './player.tsx'
import { RowText } from './row-text.tsx'

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
      <RowText row={row} name={time} />
      {note !== undefined && <p className="row-note">{note}</p>}
      {playing && <Player id={id} seconds={row.seconds} name={time} />}
    </li>
  )
}, sameRow)

/** Main sends the whole list when one row changes: the others are equal, though not the same objects. */
function sameRow(before: RowProps, after: RowProps): boolean {
  return (
    before.playing === after.playing &&
    before.row.id === after.row.id &&
    before.row.text === after.row.text &&
    before.row.raw === after.row.raw &&
    before.row.seconds === after.row.seconds &&
    before.row.hasSound === after.row.hasSound &&
    same(before.row.undone, after.row.undone) &&
    same(before.row.edits, after.row.edits) &&
    same(before.row.outcome, after.row.outcome)
  )
}

function same(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(after)
}
