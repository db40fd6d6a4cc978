/** Which microphone, in which order, and whether it stays open. */
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useAppStore } from '../../state/app-store.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { Switch } from '../parts/switch.tsx'
import { addable, isSameDevice, moved, nameOf, without, type Chain } from './device-chain.ts'
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

function DeviceList({ chain }: { readonly chain: Chain }): ReactElement {
  const devices = useAppStore((state) => state.devices)
  const list = useRef<HTMLOListElement>(null)
  const refocus = useRef<string>(undefined)
  useEffect(() => {
    // A row that moved or went has lost the focus with it.
    if (refocus.current === undefined) return
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])].filter((button) => !button.disabled)
    const wanted = buttons.find((button) => button.getAttribute('aria-label') === refocus.current)
    refocus.current = undefined
    const [first] = buttons
    ;(wanted ?? first ?? list.current)?.focus()
  }, [chain])
  return (
    <ol className="chain" ref={list} tabIndex={-1} aria-label="Microphones in the order they are tried">
      {chain.map((device, index) => {
        const name = nameOf(device)
        const there = devices.some((other) => isSameDevice(other, device))
        const move = (by: -1 | 1): void => {
          refocus.current = `Move ${by === 1 ? 'down' : 'up'}: ${name}`
          change({ microphones: moved(chain, index, by) })
        }
        return (
          <li key={device.id}>
            <span className="chain-name">
              {name} {!there && <span className="badge">not plugged in</span>}
            </span>
            <IconButton
              icon="up"
              name={`Move up: ${name}`}
              disabled={index === 0}
              onPress={() => {
                move(-1)
              }}
            />
            <IconButton
              icon="down"
              name={`Move down: ${name}`}
              disabled={index === chain.length - 1}
              onPress={() => {
                move(1)
              }}
            />
            <IconButton
              icon="close"
              name={`Remove: ${name}`}
              onPress={() => {
                refocus.current = ''
                change({ microphones: without(chain, index) })
              }}
            />
          </li>
        )
      })}
      <li>
        <span className="chain-name">The system’s own choice</span>
        {chain.length > 0 && <span className="badge">if none of these is there</span>}
      </li>
    </ol>
  )
}

function AddDevice({ chain }: { readonly chain: Chain }): ReactElement {
  const devices = useAppStore((state) => state.devices)
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
        onClick={() => {
          change({ microphones: [...chain, chosen] })
        }}
      >
        Add
      </button>
    </div>
  )
}
