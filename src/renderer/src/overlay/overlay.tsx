/** The pill above all windows: there to be seen, never to be touched. Main shows and hides its window. */
import type { ReactElement } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useAppStore } from '../state/app-store.ts'
import { Icon, type IconName } from '../ui/parts/icons.tsx'
import { LevelWave } from '../ui/parts/level-wave.tsx'
import { PLATFORM } from '../ui/parts/platform.ts'
import { duration } from '../ui/words/format.ts'
import { lagWords } from '../ui/words/status.ts'
import { pillOf, type Pill } from './pill.ts'

const BARS = 14

const ICONS: Readonly<Partial<Record<Pill['state'], IconName>>> = {
  copied: 'check',
  nothing: 'info',
  cancelled: 'undo',
  failed: 'warning',
}

export function Overlay(): ReactElement {
  const { theme, ...slices } = useAppStore(
    useShallow(({ dictation, outcome, lines, preview, settings }) => ({
      dictation,
      outcome,
      lines,
      preview,
      settings,
      theme: settings.theme,
    })),
  )
  const { state, title, detail, tentative = '' } = pillOf(slices, PLATFORM)
  const listening = state === 'listening'
  const running = listening || state === 'decoding'
  const words = detail + tentative
  return (
    <div className="pill" data-testid="pill" data-state={state} data-theme={theme}>
      {state !== 'idle' && (
        <div className="pill-sign">{listening ? <LevelWave bars={BARS} live /> : <Sign state={state} />}</div>
      )}
      <div className="pill-words">
        {/* Words that are still growing are not read out: they would be dictated, too. */}
        <p className="pill-status" role="status">
          <span className={running && words !== '' ? 'visually-hidden' : 'pill-title'}>{title}</span>
          {!running && <span className="pill-detail">{detail}</span>}
        </p>
        {running && words !== '' && (
          <p className="pill-text" aria-hidden="true">
            <span>
              {detail}
              {tentative !== '' && <em className="pill-tentative"> {tentative}</em>}
            </span>
          </p>
        )}
      </div>
      {running && <Numbers />}
    </div>
  )
}

function Sign({ state }: { readonly state: Pill['state'] }): ReactElement {
  const icon = ICONS[state]
  return icon === undefined ? <span className="pill-busy" aria-hidden="true" /> : <Icon name={icon} />
}

/** Drawn once a second, though the meter changes twenty times. */
function Numbers(): ReactElement {
  const seconds = useAppStore(({ meter }) => duration(meter.seconds))
  const lag = useAppStore(({ meter }) => lagWords(meter.lagSeconds))
  return (
    <div className="pill-numbers" aria-hidden="true">
      <p>{seconds}</p>
      {lag !== '' && <p className="pill-lag">{lag}</p>}
    </div>
  )
}
