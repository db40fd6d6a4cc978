/** The microphones in the order they are tried, each to be moved or taken out. */
import { useEffect, useRef, type ReactElement } from 'react'
import type { DeviceChoice } from '../../../../shared/settings.ts'
import { useAppStore } from '../../state/app-store.ts'
import { useHandOver } from '../parts/hand-over.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { isSameDevice, moved, nameOf, without, type Chain } from './device-chain.ts'
import { change } from './use-settings.ts'

export function DeviceList({ chain }: { readonly chain: Chain }): ReactElement {
  const devices = useAppStore((state) => state.devices)
  const list = useRef<HTMLOListElement>(null)
  const moving = useRef<Element>(null)
  useEffect(() => {
    // The browser takes the focus from an element that is moved.
    if (moving.current instanceof HTMLElement) moving.current.focus()
    moving.current = null
  }, [chain])
  return (
    <ol className="chain" ref={list} tabIndex={-1} aria-label="Microphones in the order they are tried">
      {chain.map((device, index) => (
        <DeviceRow
          key={device.id}
          device={device}
          present={devices.some((other) => isSameDevice(other, device))}
          first={index === 0}
          last={index === chain.length - 1}
          onMove={(by) => {
            moving.current = document.activeElement
            change({ microphones: moved(chain, index, by) })
          }}
          onRemove={() => {
            change({ microphones: without(chain, index) })
          }}
          heir={() => list.current}
        />
      ))}
      <li>
        <span className="chain-name">The system’s own choice</span>
        {chain.length > 0 && <span className="badge">if none of these is there</span>}
      </li>
    </ol>
  )
}

interface DeviceRowProps {
  readonly device: DeviceChoice
  /** Plugged in now. */
  readonly present: boolean
  readonly first: boolean
  readonly last: boolean
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
  /** Gets the focus when this row is gone. */
  readonly heir: () => HTMLElement | null
}

function DeviceRow({ device, present, first, last, ...does }: DeviceRowProps): ReactElement {
  const { onMove, onRemove, heir } = does
  const handOver = useHandOver(heir)
  const name = nameOf(device)
  return (
    <li>
      <span className="chain-name">
        {name} {!present && <span className="badge">not plugged in</span>}
      </span>
      <IconButton
        icon="up"
        name={`Move up: ${name}`}
        disabled={first}
        onPress={() => {
          onMove(-1)
        }}
      />
      <IconButton
        icon="down"
        name={`Move down: ${name}`}
        disabled={last}
        onPress={() => {
          onMove(1)
        }}
      />
      <IconButton icon="close" name={`Remove: ${name}`} ref={handOver} onPress={onRemove} />
    </li>
  )
}
