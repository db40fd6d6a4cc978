/** Microphones in the order they are tried. Pure. */
import type { DeviceChoice } from '../../../../shared/settings.ts'

export type Chain = readonly DeviceChoice[]

/** The id changes now and then; the label finds the device again. */
export function isSameDevice(a: DeviceChoice, b: DeviceChoice): boolean {
  return a.id === b.id || (a.label === b.label && a.label !== '')
}

/** Plugged in, and not in the chain yet. */
export function addable(chain: Chain, devices: Chain): Chain {
  return devices.filter((device) => !chain.some((chosen) => isSameDevice(chosen, device)))
}

/** One place up (-1) or down (1); the ends stay where they are. */
export function moved(chain: Chain, index: number, by: -1 | 1): Chain {
  const device = chain[index]
  const other = chain[index + by]
  if (device === undefined || other === undefined) return chain
  return chain.with(index, other).with(index + by, device)
}

export function without(chain: Chain, index: number): Chain {
  return chain.toSpliced(index, 1)
}

export function nameOf({ label }: DeviceChoice): string {
  return label === '' ? 'Microphone without a name' : label
}
