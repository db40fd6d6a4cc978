/** The keys, what speaks against them, and the way to others. */
import { useState, type ReactElement } from 'react'
import { conflictsOf } from '../../../../shared/key-conflicts.ts'
import { useAppStore } from '../../state/app-store.ts'
import { Icon } from '../parts/icons.tsx'
import { Keys } from '../parts/phrase-view.tsx'
import { PLATFORM } from '../parts/platform.ts'
import { KEY_WORDS, type KeyWords } from '../words/key-settings.ts'
import { ConflictList } from './conflict-list.tsx'
import { Group } from '../parts/group.tsx'
import { KeyDialog } from './key-dialog.tsx'
import { useSettings } from './use-settings.ts'

export function KeySettings(): ReactElement {
  const keys = useAppStore((state) => state.keys)
  const [choosing, setChoosing] = useState<KeyWords>()
  return (
    <Group title="Keys">
      {keys.state === 'unavailable' && (
        <p className="field-note" data-level="warning">
          <Icon name="warning" />
          <span>
            <strong>Keys cannot be held to talk on this desktop.</strong> {keys.reason}
          </span>
        </p>
      )}
      {KEY_WORDS.map((words) => (
        <KeyField key={words.setting} words={words} onChange={setChoosing} />
      ))}
      {choosing !== undefined && (
        <KeyDialog
          words={choosing}
          onClosed={() => {
            setChoosing(undefined)
          }}
        />
      )}
    </Group>
  )
}

interface KeyFieldProps {
  readonly words: KeyWords
  readonly onChange: (words: KeyWords) => void
}

export function KeyField({ words, onChange }: KeyFieldProps): ReactElement {
  const { setting, name, detail } = words
  const settings = useSettings()
  const hook = useAppStore((state) => state.keys.state)
  const chord = settings[setting]
  const conflicts = conflictsOf({ setting, chord: chord ?? [], settings, platform: PLATFORM, hook })
  return (
    <div className="field">
      <div className="field-words">
        <h3>{name}</h3>
        <p className="field-detail">{detail}</p>
        <ConflictList conflicts={conflicts} />
      </div>
      <div className="key-choice">
        {chord === null ? <span className="no-key">No key</span> : <Keys chord={chord} />}
        <button
          type="button"
          aria-label={`Change the key: ${name}`}
          onClick={() => {
            onChange(words)
          }}
        >
          Change
        </button>
      </div>
    </div>
  )
}
