/** Which microphone comes next: the user's in their order, then the system's. Pure. */
import type { DeviceChoice } from '../../../shared/settings.ts'
import type { AudioInput } from './microphones.ts'

/** The id under which Chromium lists the system's choice once more. */
export const SYSTEM_CHOICE = 'default'
/** Windows has another such entry, for calls. */
const ALIASES: readonly string[] = [SYSTEM_CHOICE, 'communications']

/** Ids in the order they are to be tried; the last is the system's choice. */
export function chainOf(wanted: readonly DeviceChoice[], inputs: readonly AudioInput[]): readonly string[] {
  const plugged = choicesOf(inputs)
  const ids = wanted.map(
    ({ id, label }) =>
      // Browsers renew ids, when permissions are reset or the data folder moves.
      (plugged.find((input) => input.id === id) ?? plugged.find((input) => input.label === label))?.id,
  )
  return [...new Set([...ids.filter((id) => id !== undefined), SYSTEM_CHOICE])]
}

/** The real devices. Before the microphone was allowed the browser hides them. */
export function choicesOf(inputs: readonly AudioInput[]): readonly DeviceChoice[] {
  return inputs.filter(({ id }) => id !== '' && !ALIASES.includes(id)).map(({ id, label }) => ({ id, label }))
}

/** The real device behind an id, where the list tells it. */
export function realDevice(inputs: readonly AudioInput[], device: DeviceChoice): DeviceChoice {
  if (!ALIASES.includes(device.id)) return device
  const group = inputs.find(({ id }) => id === device.id)?.group
  const real = inputs.find((input) => input.group === group && !ALIASES.includes(input.id))
  return real === undefined ? device : { id: real.id, label: real.label }
}

/** Changes when the system chooses another device. */
export function systemChoiceKey(inputs: readonly AudioInput[]): string {
  const entry = inputs.find(({ id }) => id === SYSTEM_CHOICE)
  return entry === undefined ? '' : `${entry.group} ${entry.label}`
}
