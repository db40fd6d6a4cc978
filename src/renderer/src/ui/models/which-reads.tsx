/** Which model reads what: all dictations, one language, those of another key. */
import { useState, type ReactElement } from 'react'
import { useAppStore } from '../../state/app-store.ts'
import { ask } from '../../state/faults.ts'
import { Choice } from '../parts/choice.tsx'
import { Group } from '../parts/group.tsx'
import { KeyDialog } from '../settings/key-dialog.tsx'
import { KeyField } from '../settings/key-settings.tsx'
import { change, useSettings } from '../settings/use-settings.ts'
import { choicesOf } from '../words/model-list.ts'
import { OTHER_KEY_WORDS } from '../words/key-settings.ts'
import { LanguageModels } from './language-models.tsx'

const SAME = ''

export function WhichReads(): ReactElement {
  const models = useAppStore((state) => state.models)
  const { model, otherModel, otherTalkKey } = useSettings()
  const [choosing, setChoosing] = useState(false)
  return (
    <Group title="Which model reads">
      <Choice
        label="All dictations"
        detail="From the next one on."
        value={model}
        options={choicesOf(models, model)}
        onChange={(name) => void ask(() => window.steno.useModel(name))}
      />
      <LanguageModels />
      <KeyField
        words={OTHER_KEY_WORDS}
        onChange={() => {
          setChoosing(true)
        }}
      />
      {otherTalkKey !== null && (
        <Choice
          label="Model of that key"
          value={otherModel ?? SAME}
          options={[[SAME, 'The same as for all dictations'], ...choicesOf(models, otherModel)]}
          onChange={(name) => {
            change({ otherModel: name === SAME ? null : name })
          }}
        />
      )}
      {choosing && (
        <KeyDialog
          words={OTHER_KEY_WORDS}
          onClosed={() => {
            setChoosing(false)
          }}
        />
      )}
    </Group>
  )
}
