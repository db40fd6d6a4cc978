/** How to begin a dictation, and how to end the one that is under way, under these settings. Pure. */
import { acceleratorOf } from '../../../../shared/accelerators.ts'
import type { Grip } from '../../../../shared/dictation.ts'
import type { Chord, KeysHealth } from '../../../../shared/keys.ts'
import type { Settings, TalkMode } from '../../../../shared/settings.ts'
import { pauseOf } from './format.ts'
import type { Phrase } from './phrase.ts'

/** A sentence or two for the empty page. */
export function howToTalk(settings: Settings, keys: KeysHealth): Phrase {
  if (settings.handsFree)
    return [`Just speak. A pause of ${pauseOf(settings.handsFreeSilenceMs)} ends it, and you can go on.`]
  const { mode, key } = talkKeyOf(settings, keys)
  if (key === null) return ['Press the button below and speak. A key can be chosen in Settings.']
  const cap = { keys: key }
  switch (mode) {
    case 'hold':
      return ['Hold ', cap, ' and speak. Let go, and your words are on the clipboard.']
    case 'toggle':
      return ['Press ', cap, ', speak, and press it again. Your words are then on the clipboard.']
    case 'auto':
      return ['Hold ', cap, ' while you speak, or tap it and tap again when you are done.']
  }
}

/** What ends the dictation under way. */
export function howToEnd(grip: Grip, settings: Settings, keys: KeysHealth): Phrase {
  const { mode, key } = talkKeyOf(settings, keys)
  switch (grip) {
    case 'held':
      return key === null ? ['Let go of the key to finish'] : ['Let go of ', { keys: key }, ' to finish']
    case 'latched': {
      const again = mode === 'hold' ? settings.toggleKey : key
      return again === null ? ['Press Stop to finish'] : ['Press ', { keys: again }, ' to finish']
    }
    case 'hands-free':
      return [`A pause of ${pauseOf(settings.handsFreeSilenceMs)} finishes`]
  }
}

/** The key to name, and how it works: where keys cannot be watched, only the system's shortcuts are left. */
function talkKeyOf(
  { talkKey, toggleKey, talkMode }: Settings,
  keys: KeysHealth,
): { readonly key: Chord | null; readonly mode: TalkMode } {
  const watched = keys.state !== 'unavailable'
  if (talkKey !== null && watched) return { key: talkKey, mode: talkMode }
  if (talkKey !== null && acceleratorOf(talkKey) !== undefined) return { key: talkKey, mode: 'toggle' }
  return { key: toggleKey, mode: 'toggle' }
}
