/** Where one dictates: the state, the text as it grows, and what was dictated today. */
import type { ReactElement } from 'react'
import { useAppStore } from '../../state/app-store.ts'
import { ModelOffer } from '../first-run/model-offer.tsx'
import { LevelWave } from '../parts/level-wave.tsx'
import { Today } from '../today/today.tsx'
import { Controls } from './controls.tsx'
import { LiveText } from './live-text.tsx'
import { StageHead } from './stage-head.tsx'

const BARS = 72

export function DictatePage(): ReactElement {
  const listening = useAppStore(({ dictation }) => dictation.kind === 'listening')
  return (
    <div className="dictate">
      <ModelOffer />
      <section className="stage" aria-label="Dictation">
        <h1 className="visually-hidden">Dictate</h1>
        <StageHead />
        <LevelWave bars={BARS} live={listening} />
        <LiveText />
        <Controls />
      </section>
      <Today />
    </div>
  )
}
