/** What Steno is made of right now, and how fast it is on this machine. */
import type { ReactElement } from 'react'
import { useAppStore } from '../../state/app-store.ts'
import { ask } from '../../state/faults.ts'
import { Group } from '../parts/group.tsx'
import { sentences } from '../words/outcomes.ts'
import { LogView } from './log-view.tsx'
import { Processes } from './processes.tsx'
import { Timings } from './timings.tsx'

export function InsidePage(): ReactElement {
  return (
    <div className="page">
      <h1>Inside</h1>
      <Model />
      <Group title="Timings">
        <Timings />
      </Group>
      <Group title="Processes">
        <Processes />
      </Group>
      <Group title="Log">
        <LogView />
      </Group>
    </div>
  )
}

function Model(): ReactElement {
  const model = useAppStore((state) => state.model)
  return (
    <Group title="Model">
      <div className="field">
        <div className="field-words">
          <h3>{model.state === 'ready' ? model.name : 'Speech to text'}</h3>
          {model.state === 'loading' && <p className="field-detail">Loading …</p>}
          {model.state === 'ready' && (
            <p className="field-detail">Loaded. It runs on this computer; nothing you say leaves it.</p>
          )}
          {model.state === 'failed' && <p className="field-detail bad">{sentences(model.error)}</p>}
        </div>
        {model.state === 'failed' && (
          <button type="button" onClick={() => void ask(() => window.steno.tryAgain())}>
            Load again
          </button>
        )}
      </div>
    </Group>
  )
}
