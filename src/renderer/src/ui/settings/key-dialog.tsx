/** Choosing a key by pressing it. While it is open, main starts nothing and tells which keys go down and up. */
import { useEffect, useReducer, useRef, type KeyboardEvent, type ReactElement } from 'react'
import { conflictsOf, labelOf } from '../../../../shared/key-conflicts.ts'
import { DEFAULT_SETTINGS } from '../../../../shared/settings.ts'
import { useAppStore } from '../../state/app-store.ts'
import { ask } from '../../state/faults.ts'
import { PLATFORM } from '../parts/platform.ts'
import type { KeyWords } from '../words/key-settings.ts'
import { ConflictList } from './conflict-list.tsx'
import { belongsToDialog, captureOf, fromPage, reduce, type SeenKey } from './key-capture.ts'
import { change, useSettings } from './use-settings.ts'

interface KeyDialogProps {
  readonly words: KeyWords
  readonly onClosed: () => void
}

export function KeyDialog({ words: { setting, name, detail }, onClosed }: KeyDialogProps): ReactElement {
  const settings = useSettings()
  const hook = useAppStore((state) => state.keys.state)
  const [{ chord, held, seen }, dispatch] = useReducer(reduce, captureOf(settings[setting]))
  const dialog = useRef<HTMLDialogElement>(null)
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => {
    dialog.current?.showModal()
    field.current?.focus()
    void ask(() => window.steno.watchKeys(true))
    const stopHearing = window.steno.onKeyEvent((event) => {
      // On a button, Space and Enter press it.
      if (document.activeElement === field.current) dispatch({ kind: 'key', event })
    })
    return () => {
      stopHearing()
      void ask(() => window.steno.watchKeys(false))
    }
  }, [])

  const onPageKey = (event: KeyboardEvent): void => {
    const key = fromPage(event.nativeEvent)
    if (belongsToDialog(key)) return
    event.preventDefault()
    if (hook !== 'working') dispatch({ kind: 'key', event: key })
  }

  const label = chord === null ? 'No key' : labelOf(chord, PLATFORM)
  const conflicts = conflictsOf({ setting, chord: chord ?? [], settings, platform: PLATFORM, hook })
  const fallback = DEFAULT_SETTINGS[setting]
  return (
    // Closing gives the focus back to where it was; then the dialog goes.
    <dialog ref={dialog} className="dialog" aria-labelledby="key-dialog-title" onClose={onClosed}>
      <h2 id="key-dialog-title">Key to choose: {name}</h2>
      <p className="field-detail">{detail}</p>
      <input
        ref={field}
        className="key-field"
        readOnly
        value={label}
        aria-label="Keys"
        aria-describedby="key-dialog-hint"
        data-held={held.length > 0}
        onKeyDown={onPageKey}
        onKeyUp={onPageKey}
        onBlur={() => {
          dispatch({ kind: 'blur' })
        }}
      />
      <p className="field-detail" id="key-dialog-hint">
        Press the keys you want, together. Tab moves on, Escape closes.
        {hook !== 'working' && ' Only keys that reach this window are seen.'}
      </p>
      <div className="dialog-buttons">
        <button
          type="button"
          onClick={() => {
            dispatch({ kind: 'choose', chord: null })
          }}
        >
          No key
        </button>
        {fallback !== null && (
          <button
            type="button"
            onClick={() => {
              dispatch({ kind: 'choose', chord: fallback })
            }}
          >
            Default: {labelOf(fallback, PLATFORM)}
          </button>
        )}
      </div>
      <SeenKeys seen={seen} />
      <div role="status">
        <span className="visually-hidden">{held.length === 0 ? label : ''}</span>
        <ConflictList conflicts={conflicts} />
      </div>
      <footer className="dialog-buttons">
        <button type="button" onClick={() => dialog.current?.close()}>
          Cancel
        </button>
        <button
          type="button"
          className="primary"
          disabled={conflicts.some(({ level }) => level === 'error')}
          onClick={() => {
            change({ [setting]: chord })
            dialog.current?.close()
          }}
        >
          Save
        </button>
      </footer>
    </dialog>
  )
}

/** For those whose keyboard does not do what they think. */
function SeenKeys({ seen }: { readonly seen: readonly SeenKey[] }): ReactElement {
  return (
    <ol className="seen-keys" aria-label="Keys as they go down and up">
      {seen.length === 0 && <li className="seen-none">Keys show here as they go down and up.</li>}
      {seen.map(({ id, kind, code }) => (
        <li key={id} data-kind={kind}>
          <span aria-hidden="true">{kind === 'down' ? '↓' : '↑'}</span>
          <span className="visually-hidden">{kind}</span> {labelOf([code], PLATFORM)}
        </li>
      ))}
    </ol>
  )
}
