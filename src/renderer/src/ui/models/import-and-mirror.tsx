/** Models that do not come from the hub. */
import { useEffect, useId, useState, type ReactElement } from 'react'
import { ask } from '../../state/faults.ts'
import { Group } from '../parts/group.tsx'
import { change, useSettings } from '../settings/use-settings.ts'
import { mirrorOf } from '../words/models.ts'

export function ImportAndMirror(): ReactElement {
  return (
    <Group title="From elsewhere">
      <div className="field">
        <div className="field-words">
          <h3>A model you have</h3>
          <p className="field-detail">Copied from a folder or an archive, without a network.</p>
        </div>
        <div className="buttons">
          <button type="button" onClick={() => void ask(() => window.steno.importModel('folder'))}>
            Import a folder …
          </button>
          <button type="button" onClick={() => void ask(() => window.steno.importModel('archive'))}>
            Import an archive …
          </button>
        </div>
      </div>
      <Mirror />
    </Group>
  )
}

/** Taken over when the field is left. */
function Mirror(): ReactElement {
  const id = useId()
  const { modelMirror } = useSettings()
  const saved = modelMirror ?? ''
  const [text, setText] = useState(saved)
  useEffect(() => {
    setText(saved)
  }, [saved])
  const mirror = mirrorOf(text)
  return (
    <div className="field-block">
      <label htmlFor={id}>Download from another address</label>
      <p id={`${id}-detail`} className={mirror === undefined ? 'field-detail bad' : 'field-detail'}>
        {mirror === undefined
          ? 'That is no address: it begins with https:// or http://.'
          : 'A mirror of the hub, where that cannot be reached. Empty, models come from the hub.'}
      </p>
      <input
        id={id}
        type="text"
        inputMode="url"
        spellCheck={false}
        placeholder="https://"
        aria-describedby={`${id}-detail`}
        aria-invalid={mirror === undefined}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
        }}
        onBlur={() => {
          if (mirror === undefined) return
          setText(mirror ?? '')
          if (mirror !== modelMirror) change({ modelMirror: mirror })
        }}
      />
    </div>
  )
}
