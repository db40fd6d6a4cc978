/** What the recogniser should expect. */
import type { ReactElement } from 'react'
import { useAppStore } from '../../state/app-store.ts'
import { Choice } from '../parts/choice.tsx'
import { Group } from '../parts/group.tsx'
import { Icon } from '../parts/icons.tsx'
import { Switch } from '../parts/switch.tsx'
import { WordList } from '../parts/word-list.tsx'
import { languageChoices } from '../words/languages.ts'
import { strangerTo } from '../words/model-list.ts'
import { languageName, nameOf } from '../words/models.ts'
import { change, useSettings } from './use-settings.ts'

const FOUND_OUT = ''

export function RecognitionSettings(): ReactElement {
  const { language, translate, vocabulary } = useSettings()
  return (
    <Group title="Recognition">
      <WordList
        label="Names and words to expect"
        detail="One a line, as they are to be written. The recogniser listens for them and prefers them to what sounds alike."
        words={vocabulary}
        onChange={(words) => {
          change({ vocabulary: words })
        }}
      />
      <Choice
        label="Language"
        detail="For models that know several; the built-in Basic English knows one."
        value={language ?? FOUND_OUT}
        options={[[FOUND_OUT, 'Found out by the model'], ...languageChoices(language)]}
        onChange={(code) => {
          change({ language: code === FOUND_OUT ? null : code })
        }}
      />
      <UnknownLanguage />
      <Switch
        label="Translate into English"
        detail="For models that can: Whisper and Canary."
        on={translate}
        onChange={(on) => {
          change({ translate: on })
        }}
      />
    </Group>
  )
}

/** Nothing fails then: the model writes words of the language it knows, whatever is said. */
function UnknownLanguage(): ReactElement | null {
  const settings = useSettings()
  const stranger = useAppStore((state) => strangerTo(state.models, settings))
  if (settings.language === null || stranger === undefined) return null
  const language = languageName(settings.language)
  return (
    <p className="field-note" data-level="warning">
      <Icon name="warning" />
      <span>
        <strong>
          {nameOf(stranger.card)} does not know {language}.
        </strong>{' '}
        <a className="link" href="#models">
          Choose or download a model that does.
        </a>
      </span>
    </p>
  )
}
