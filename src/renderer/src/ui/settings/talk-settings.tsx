/** How dictations begin and end. */
import { useId, type ReactElement } from 'react'
import type { TalkMode } from '../../../../shared/settings.ts'
import { Choice } from '../parts/choice.tsx'
import { Switch } from '../parts/switch.tsx'
import { pauseOf } from '../words/format.ts'
import { Group } from '../parts/group.tsx'
import { change, useSettings } from './use-settings.ts'

const MODES: readonly (readonly [TalkMode, string, string])[] = [
  ['auto', 'Hold or tap', 'Hold the key while you speak, or tap it once to start and once to finish.'],
  ['hold', 'Hold', 'Steno listens exactly as long as the key is down.'],
  ['toggle', 'Tap', 'One press starts, the next one finishes.'],
]

const HANDS_FREE_PAUSES_MS = [800, 1_000, 1_500, 2_000, 3_000, 5_000]
const AUTO_STOP_PAUSES_MS = [5_000, 10_000, 20_000, 30_000, 60_000]

export function TalkSettings(): ReactElement {
  const { handsFree, handsFreeSilenceMs, autoStopSilenceMs } = useSettings()
  return (
    <Group title="Talking">
      <TalkModes />
      <Switch
        label="Hands-free"
        detail="Your voice starts and ends each dictation by itself. The microphone stays open for that."
        on={handsFree}
        onChange={(on) => {
          change({ handsFree: on })
        }}
      />
      <Choice
        label="Pause that ends a hands-free dictation"
        value={String(handsFreeSilenceMs)}
        options={pauses(HANDS_FREE_PAUSES_MS, handsFreeSilenceMs)}
        onChange={(ms) => {
          change({ handsFreeSilenceMs: Number(ms) })
        }}
      />
      <Choice
        label="Finish by itself after silence"
        detail="For dictations that no key is held for."
        value={autoStopSilenceMs === null ? NEVER : String(autoStopSilenceMs)}
        options={[[NEVER, 'Never'], ...pauses(AUTO_STOP_PAUSES_MS, autoStopSilenceMs)]}
        onChange={(ms) => {
          change({ autoStopSilenceMs: ms === NEVER ? null : Number(ms) })
        }}
      />
    </Group>
  )
}

const NEVER = 'never'

/** The usual values, and the one in the settings file where it is none of them. */
function pauses(usual: readonly number[], chosen: number | null): (readonly [string, string])[] {
  const all = new Set(chosen === null ? usual : [...usual, chosen])
  return [...all].sort((a, b) => a - b).map((ms) => [String(ms), pauseOf(ms)])
}

function TalkModes(): ReactElement {
  const { talkMode } = useSettings()
  const id = useId()
  return (
    <fieldset className="modes">
      <legend>The talk key</legend>
      {MODES.map(([mode, name, detail]) => (
        <label key={mode} className="mode">
          <input
            type="radio"
            name={id}
            checked={mode === talkMode}
            aria-describedby={`${id}-${mode}`}
            onChange={() => {
              change({ talkMode: mode })
            }}
          />
          <span className="mode-name">{name}</span>
          <span className="field-detail" id={`${id}-${mode}`}>
            {detail}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
