/** What Steno shows and sounds like, and when it is there. */
import type { ReactElement } from 'react'
import type { Settings } from '../../../../shared/settings.ts'
import { Choice } from '../parts/choice.tsx'
import { Switch } from '../parts/switch.tsx'
import { Group } from '../parts/group.tsx'
import { change, useSettings } from './use-settings.ts'

type Options<K extends keyof Settings> = readonly (readonly [Settings[K], string])[]

const OVERLAYS: Options<'overlay'> = [
  ['bottom', 'At the bottom'],
  ['top', 'At the top'],
  ['off', 'Not at all'],
]
const THEMES: Options<'theme'> = [
  ['system', 'Like the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]
const CLOSINGS: Options<'whenClosed'> = [
  ['tray', 'Goes on in the background'],
  ['quit', 'Ends'],
]

export function OutputSettings(): ReactElement {
  const { sounds, overlay, theme, whenClosed, openAtLogin } = useSettings()
  return (
    <Group title="Output and screen">
      <Switch
        label="Sounds"
        detail="A short one when Steno begins to listen, and when it stops."
        on={sounds}
        onChange={(on) => {
          change({ sounds: on })
        }}
      />
      <Choice
        label="Show the small overlay"
        detail="State, level and last words, above all windows. It never takes the focus."
        value={overlay}
        options={OVERLAYS}
        onChange={(value) => {
          change({ overlay: value })
        }}
      />
      <Choice
        label="Colours"
        value={theme}
        options={THEMES}
        onChange={(value) => {
          change({ theme: value })
        }}
      />
      <Choice
        label="When this window is closed, Steno"
        value={whenClosed}
        options={CLOSINGS}
        onChange={(value) => {
          change({ whenClosed: value })
        }}
      />
      <Switch
        label="Start with the computer"
        on={openAtLogin}
        onChange={(on) => {
          change({ openAtLogin: on })
        }}
      />
    </Group>
  )
}
