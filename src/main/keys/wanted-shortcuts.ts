/** Which shortcuts of the system are wanted at the moment. Pure. */
import { acceleratorOf } from '../../shared/accelerators.ts'
import type { Chord } from '../../shared/keys.ts'
import type { KeySetting, Settings } from '../../shared/settings.ts'

export type WantedShortcuts = ReadonlyMap<KeySetting, Chord>

export interface Moment {
  readonly dictating: boolean
  /** Whether the talk key can be held. */
  readonly holdable: boolean
}

export function wantedShortcuts(settings: Settings, { dictating, holdable }: Moment): WantedShortcuts {
  const { toggleKey, cancelKey, undoKey, copyLastKey, retryLastKey, rawKey, talkKey, otherTalkKey } = settings
  const standIn = !holdable && acceleratorOf(talkKey ?? []) !== undefined
  const wanted: readonly (readonly [KeySetting, Chord | null])[] = [
    ['toggleKey', toggleKey],
    // Other programs need it, too: it is theirs while nothing is dictated.
    ['cancelKey', dictating ? cancelKey : null],
    ['undoKey', undoKey],
    ['copyLastKey', copyLastKey],
    ['retryLastKey', retryLastKey],
    ['rawKey', rawKey],
    ['otherTalkKey', otherTalkKey],
    // Where it cannot be held it starts and stops.
    ['talkKey', standIn ? talkKey : null],
  ]
  return new Map(
    wanted.flatMap(([setting, chord]) => (chord === null || chord.length === 0 ? [] : [[setting, chord]])),
  )
}
