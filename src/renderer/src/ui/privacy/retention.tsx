/** How long dictations stay. */
import type { ReactElement } from 'react'
import type { Settings } from '../../../../shared/settings.ts'
import { Choice } from '../parts/choice.tsx'
import { Group } from '../parts/group.tsx'
import { change, useSettings } from '../settings/use-settings.ts'
import { limitOf, LIMITS, valueOf, type LimitSetting } from '../words/retention.ts'

export function Retention(): ReactElement {
  const settings = useSettings()
  return (
    <Group title="How long dictations stay">
      {LIMITS.map(({ setting, label, detail }) => (
        <Choice
          key={setting}
          label={label}
          detail={detail}
          value={valueOf(settings[setting])}
          options={optionsOf(setting, settings)}
          onChange={(value) => {
            change({ [setting]: limitOf(value) })
          }}
        />
      ))}
    </Group>
  )
}

/** A number of the settings file that is none of ours is offered, too. */
function optionsOf(setting: LimitSetting, settings: Settings): readonly (readonly [string, string])[] {
  const options = LIMITS.find((one) => one.setting === setting)?.options ?? []
  const value = valueOf(settings[setting])
  return options.some(([option]) => option === value) ? options : [...options, [value, value] as const]
}
