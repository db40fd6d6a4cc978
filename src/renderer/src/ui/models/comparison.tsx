/** The user's own recording, read by several models beside each other. */
import { useState, type ReactElement } from 'react'
import type { ModelName } from '../../../../shared/models.ts'
import { useAppStore } from '../../state/app-store.ts'
import { ask } from '../../state/faults.ts'
import { Choice } from '../parts/choice.tsx'
import { Group } from '../parts/group.tsx'
import { compared, recordingChoices } from '../words/comparison.ts'
import { installed } from '../words/model-list.ts'
import { nameOf } from '../words/models.ts'
import { Readings } from './readings.tsx'

export function Comparison(): ReactElement {
  const models = installed(useAppStore((state) => state.models))
  const recordings = recordingChoices(useAppStore((state) => state.today))
  const readings = useAppStore((state) => state.readings)
  const [left, setLeft] = useState<ReadonlySet<ModelName>>(new Set())
  const [picked, setPicked] = useState<string>()
  const recording = recordings.find(([id]) => id === picked) ?? recordings[0]
  const names = models.map(({ card }) => card.name).filter((name) => !left.has(name))
  const running = readings.some(({ result: { kind } }) => kind === 'waiting' || kind === 'reading')
  const possible = running || (names.length > 1 && recording !== undefined)
  return (
    <Group title="Compare on your own voice">
      {recording === undefined ? (
        <p className="card-empty">Dictate something first: the models then read that recording.</p>
      ) : (
        <>
          <Choice
            label="Recording"
            value={recording[0]}
            options={recordings}
            onChange={(id) => {
              setPicked(id)
            }}
          />
          <fieldset className="compared">
            <legend>Models</legend>
            {models.map(({ card }) => (
              <label key={card.name}>
                <input
                  type="checkbox"
                  checked={!left.has(card.name)}
                  onChange={({ currentTarget: { checked } }) => {
                    setLeft(compared(left, card.name, checked))
                  }}
                />
                {nameOf(card)}
              </label>
            ))}
          </fieldset>
          <div className="field-block compare-go">
            <button
              type="button"
              aria-disabled={!possible}
              onClick={() => {
                if (!possible) return
                void ask(() =>
                  running
                    ? window.steno.stopComparing()
                    : window.steno.compareModels(names, Number(recording[0])),
                )
              }}
            >
              {running ? 'Stop' : 'Compare'}
            </button>
            {!possible && <p className="field-detail">Two models or more: download another one.</p>}
          </div>
        </>
      )}
      <Readings />
    </Group>
  )
}
