import type { ReactElement } from 'react'
import type { KeptFiles } from '../../../../shared/history.ts'
import { ask } from '../../state/faults.ts'
import { counted } from '../words/format.ts'
import { size } from '../words/models.ts'

const WORDS: Readonly<Record<KeptFiles['kind'], { readonly title: string; readonly detail: string }>> = {
  sounds: { title: 'Sound', detail: 'One recording for each dictation.' },
  history: { title: 'Texts', detail: 'The list of dictations: a database of this computer.' },
  settings: { title: 'Settings', detail: 'With a copy, in case one is damaged.' },
  models: { title: 'Models', detail: 'What you have downloaded or imported.' },
  logs: { title: 'Log', detail: 'What Steno did; never what you said.' },
  crashes: { title: 'Crash dumps', detail: 'Kept here, sent nowhere.' },
}

interface KeptProps {
  readonly kept: readonly KeptFiles[]
  readonly changed: () => void
}

export function Kept({ kept, changed }: KeptProps): ReactElement {
  return (
    <>
      {kept.map(({ kind, path, files, bytes }) => (
        <div key={kind} className="field">
          <div className="field-words">
            <h3>{WORDS[kind].title}</h3>
            <p className="field-detail">
              {WORDS[kind].detail} {files === 0 ? 'None now.' : `${counted(files, 'file')}, ${size(bytes)}.`}
            </p>
            <p className="field-detail path">{path}</p>
          </div>
          <button
            type="button"
            aria-label={`Show in folder: ${WORDS[kind].title}`}
            onClick={() => void ask(() => window.steno.showKept(kind))}
          >
            Show
          </button>
          {(kind === 'logs' || kind === 'crashes') && files > 0 && (
            <button
              type="button"
              aria-label={`Delete: ${WORDS[kind].title}`}
              onClick={() => void ask(() => window.steno.clearKept(kind)).then(changed)}
            >
              Delete
            </button>
          )}
          {(kind === 'sounds' || kind === 'history') && files > 0 && (
            <a className="link" href="#history" aria-label={`See in the history: ${WORDS[kind].title}`}>
              See
            </a>
          )}
        </div>
      ))}
    </>
  )
}
