/** What the recogniser should expect. */
import type { ReactElement } from 'react'
import { Choice } from '../parts/choice.tsx'
import { Group } from '../parts/group.tsx'
import { Switch } from '../parts/switch.tsx'
import { WordList } from '../parts/word-list.tsx'
import { languageChoices } from '../words/languages.ts'
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
