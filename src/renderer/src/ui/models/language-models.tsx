/** Languages that have a model of their own. */
import { useId, useRef, useState, type ReactElement } from 'react'
import type { ModelName } from '../../../../shared/models.ts'
import { useAppStore } from '../../state/app-store.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { change, useSettings } from '../settings/use-settings.ts'
import { languageChoices } from '../words/languages.ts'
import { choicesOf } from '../words/model-list.ts'
import { languageName } from '../words/models.ts'

export function LanguageModels(): ReactElement {
  const id = useId()
  const models = useAppStore((state) => state.models)
  const { modelByLanguage, model } = useSettings()
  const add = useRef<HTMLSelectElement>(null)
  const [language, setLanguage] = useState('')
  const own = Object.entries(modelByLanguage)
  const set = (code: string, name: ModelName): void => {
    change({ modelByLanguage: { ...modelByLanguage, [code]: name } })
  }
  return (
    <div className="field-block">
      <h3 id={id}>One language</h3>
      <p className="field-detail">Reads while that language is chosen under Settings, Recognition.</p>
      {own.length > 0 && (
        <ul className="own-models" aria-labelledby={id}>
          {own.map(([code, name]) => (
            <li key={code}>
              <span>{languageName(code)}</span>
              <ModelSelect
                label={`Model for ${languageName(code)}`}
                value={name}
                options={choicesOf(models, name)}
                onChange={(chosen) => {
                  set(code, chosen)
                }}
              />
              <IconButton
                icon="close"
                name={`Remove: ${languageName(code)}`}
                onPress={() => {
                  change({
                    modelByLanguage: Object.fromEntries(own.filter(([other]) => other !== code)),
                  })
                  // The button goes.
                  add.current?.focus()
                }}
              />
            </li>
          ))}
        </ul>
      )}
      <div className="add-device">
        <select
          ref={add}
          aria-label="Language to add"
          value={language}
          onChange={(event) => {
            setLanguage(event.currentTarget.value)
          }}
        >
          <option value="">Choose a language</option>
          {languageChoices(null)
            .filter(([code]) => modelByLanguage[code] === undefined)
            .map(([code, name]) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
        </select>
        <button
          type="button"
          aria-disabled={language === ''}
          onClick={() => {
            if (language === '') return
            set(language, model)
            setLanguage('')
          }}
        >
          Add
        </button>
      </div>
    </div>
  )
}

interface ModelSelectProps {
  readonly label: string
  readonly value: ModelName
  readonly options: readonly (readonly [ModelName, string])[]
  readonly onChange: (name: ModelName) => void
}

function ModelSelect({ label, value, options, onChange }: ModelSelectProps): ReactElement {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value)
      }}
    >
      {options.map(([name, title]) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </select>
  )
}
