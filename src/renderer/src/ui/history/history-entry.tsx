/** One dictation of the history, and everything that can be done with it. */
import { useState, type ReactElement } from 'react'
import type { DictationId } from '../../../../shared/dictation.ts'
import type { HistoryRow } from '../../../../shared/history.ts'
import { useAppStore } from '../../state/app-store.ts'
import { ask } from '../../state/faults.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { RowText } from '../today/row-text.tsx'
import { duration, timeOfDay } from '../words/format.ts'
import { titleOf } from '../words/models.ts'
import { installed } from '../words/model-list.ts'
import { noteOfRow, retryLabel } from '../words/outcomes.ts'
import { AnotherReading } from './another-reading.tsx'
import { Replay } from './replay.tsx'
import { Tags } from './tags.tsx'

interface EntryProps {
  readonly row: HistoryRow
  readonly playing: boolean
  readonly setPlaying: (id: DictationId | undefined) => void
  /** Main knows better now. */
  readonly changed: () => void
}

export function HistoryEntry({ row, playing, setPlaying, changed }: EntryProps): ReactElement {
  const { id, model } = row
  const [deleting, setDeleting] = useState(false)
  const [comparing, setComparing] = useState(false)
  const models = useAppStore((state) => state.models)
  const time = timeOfDay(row.startedAt)
  const note = noteOfRow(row)
  return (
    <li className="row" data-testid="entry" data-outcome={row.outcome?.kind ?? 'pending'}>
      <div className="row-head">
        <p className="row-when">
          <time dateTime={new Date(row.startedAt).toISOString()}>{time}</time>{' '}
          <span>
            {duration(row.seconds)}
            {model !== undefined && ` · ${titleOf(models, model)}`}
          </span>
        </p>
        <Actions
          row={row}
          time={time}
          playing={playing}
          setPlaying={setPlaying}
          changed={changed}
          comparing={comparing}
          onCompare={() => {
            setComparing(!comparing)
          }}
          onDelete={() => {
            setDeleting(true)
          }}
        />
      </div>
      {playing ? <Replay row={row} name={time} /> : <RowText row={row} name={time} />}
      {note !== undefined && <p className="row-note">{note}</p>}
      {comparing && (
        <AnotherReading
          row={row}
          name={time}
          others={installed(models).filter(({ card }) => card.name !== model)}
          changed={changed}
        />
      )}
      <Tags row={row} name={time} changed={changed} />
      {deleting && (
        <p className="row-ask" role="alert">
          Delete text and sound for good?{' '}
          <button
            type="button"
            className="danger"
            onClick={() => void ask(() => window.steno.remove([id])).then(changed)}
          >
            Delete
          </button>{' '}
          <button
            type="button"
            autoFocus
            onClick={() => {
              setDeleting(false)
            }}
          >
            Keep
          </button>
        </p>
      )}
    </li>
  )
}

interface ActionsProps extends EntryProps {
  readonly time: string
  readonly comparing: boolean
  readonly onCompare: () => void
  readonly onDelete: () => void
}

function Actions(props: ActionsProps): ReactElement {
  const { row, time, playing, setPlaying, changed, comparing, onCompare, onDelete } = props
  const { id, text, starred } = row
  return (
    <div className="row-actions">
      <IconButton
        icon={starred ? 'starred' : 'star'}
        name={starred ? `Take the star from ${time}` : `Star ${time}: it is kept`}
        onPress={() => void ask(() => window.steno.star(id, !starred)).then(changed)}
      />
      {text !== '' && (
        <IconButton
          icon="copy"
          name={`Copy the text of ${time}`}
          onPress={() => void ask(() => window.steno.copy(id))}
        />
      )}
      {row.hasSound && (
        <>
          <IconButton
            icon={playing ? 'close' : 'play'}
            name={playing ? `Close the player of ${time}` : `Play the sound of ${time}`}
            onPress={() => {
              setPlaying(playing ? undefined : id)
            }}
          />
          <IconButton
            icon="layers"
            name={comparing ? `Close the other reading of ${time}` : `Read ${time} with another model`}
            onPress={onCompare}
          />
          <IconButton
            icon="again"
            name={`${retryLabel(row)}: ${time}`}
            onPress={() => void ask(() => window.steno.retry(id)).then(changed)}
          />
        </>
      )}
      <IconButton icon="bin" name={`Delete ${time}`} onPress={onDelete} />
    </div>
  )
}
