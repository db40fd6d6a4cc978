/** What becomes of the text once it is recognised. */
import type { ReactElement } from 'react'
import type { Settings } from '../../../../shared/settings.ts'
import { Choice } from '../parts/choice.tsx'
import { Group } from '../parts/group.tsx'
import { Switch } from '../parts/switch.tsx'
import { change, useSettings } from './use-settings.ts'
import { ReplacementList } from './replacement-list.tsx'

type Switched = 'removeFillers' | 'removeStutter' | 'numbersAsDigits' | 'sentenceCasing' | 'fullStops'

const SWITCHES: readonly (readonly [setting: Switched, label: string, detail: string])[] = [
  ['removeFillers', 'Leave out “um” and “uh”', 'And what takes their place in other languages.'],
  ['removeStutter', 'Leave out doubled words', 'Only where nobody means them: “the the”, never “very very”.'],
  ['numbersAsDigits', 'Numbers as digits', '“Twenty four” becomes 24; small numbers stay words.'],
  ['sentenceCasing', 'Capitals at the beginning of sentences', 'Where the recogniser writes none itself.'],
  ['fullStops', 'Full stops', 'At the end and at pauses, where the recogniser writes none itself.'],
]

const MARKS: readonly (readonly [Settings['spokenMarks'], string])[] = [
  ['careful', 'When it is clear'],
  ['always', 'Whenever it may be meant'],
  ['off', 'Never'],
]

export function TextSettings(): ReactElement {
  const settings = useSettings()
  const { editText, spokenMarks, replacements } = settings
  return (
    <Group title="Text">
      <Switch
        label="Write it as you would type it"
        detail="Each edit is marked in today’s list and can be undone there. Off, you get what the recogniser heard."
        on={editText}
        onChange={(on) => {
          change({ editText: on })
        }}
      />
      {editText && (
        <>
          {SWITCHES.map(([setting, label, detail]) => (
            <Switch
              key={setting}
              label={label}
              detail={detail}
              on={settings[setting]}
              onChange={(on) => {
                change({ [setting]: on })
              }}
            />
          ))}
          <Choice
            label="Write marks that you say"
            detail="“Comma”, “question mark”, “new line”. “The comma” stays words."
            value={spokenMarks}
            options={MARKS}
            onChange={(value) => {
              change({ spokenMarks: value })
            }}
          />
          <ReplacementList
            replacements={replacements}
            onChange={(list) => {
              change({ replacements: list })
            }}
          />
        </>
      )}
    </Group>
  )
}
