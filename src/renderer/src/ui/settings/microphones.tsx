/** Which microphone, in which order, and whether it stays open. */
import { useState, type ReactElement } from 'react'
import { useAppStore } from '../../state/app-store.ts'
import { useHandOver } from '../parts/hand-over.ts'
import { Switch } from '../parts/switch.tsx'
import { addable, nameOf, type Chain } from './device-chain.ts'
import { DeviceList } from './device-list.tsx'
import { Group } from '../parts/group.tsx'
import { change, useSettings } from './use-settings.ts'

export function Microphones(): ReactElement {
  const { microphones, keepMicrophoneOpen } = useSettings()
  return (
    <Group title="Microphone">
      <div className="field-block">
        <h3>Tried in this order</h3>
        <p className="field-detail">
          The first one that is plugged in is used, and the next when it is pulled out.
        </p>
        <DeviceList chain={microphones} />
        <AddDevice chain={microphones} />
      </div>
      <Switch
        label="Keep the microphone open"
        detail="What you say just before the key is kept, too, so no first word is lost. Your system then shows the microphone as in use all the time. Only the last moments are held in memory; nothing is stored before you press the key."
        on={keepMicrophoneOpen}
        onChange={(on) => {
          change({ keepMicrophoneOpen: on })
        }}
      />
    </Group>
  )
}

function AddDevice({ chain }: { readonly chain: Chain }): ReactElement {
  const devices = useAppStore((state) => state.devices)
  const handOver = useHandOver(() => document.querySelector('.chain'))
  const choices = addable(chain, devices)
  const [id, setId] = useState('')
  const [first] = choices
  const chosen = choices.find((device) => device.id === id) ?? first
  if (chosen === undefined) {
    return (
      <p className="field-detail">
        {devices.length === 0 ? 'No microphone is plugged in.' : 'All microphones are in the list.'}
      </p>
    )
  }
  return (
    <div className="add-device">
      <select
        aria-label="Microphone to add"
        value={chosen.id}
        onChange={({ currentTarget }) => {
          setId(currentTarget.value)
        }}
      >
        {choices.map((device) => (
          <option key={device.id} value={device.id}>
            {nameOf(device)}
          </option>
        ))}
      </select>
      <button
        type="button"
        ref={handOver}
        onClick={() => {
          change({ microphones: [...chain, chosen] })
        }}
      >
        Add
      </button>
    </div>
  )
}
