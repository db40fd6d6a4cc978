/** Every file that Steno keeps, every request it made of the network, and how long dictations stay. */
import { useCallback, useEffect, useState, type ReactElement } from 'react'
import type { PrivacyReport } from '../../../../shared/history.ts'
import { ask } from '../../state/faults.ts'
import { Group } from '../parts/group.tsx'
import { Kept } from './kept.tsx'
import { Requests } from './requests.tsx'
import { Retention } from './retention.tsx'

export function PrivacyPage(): ReactElement {
  const [report, setReport] = useState<PrivacyReport>()
  const look = useCallback(() => {
    void ask(() => window.steno.lookIntoPrivacy()).then(setReport)
  }, [])
  useEffect(look, [look])
  return (
    <div className="page">
      <h1>Privacy</h1>
      <p className="lead">
        What you say is written down on this computer and stays on it. This is everything Steno keeps, and
        everything it ever asked of the network.
      </p>
      <Group title="On this computer">
        {report === undefined ? (
          <p className="card-empty">Looking …</p>
        ) : (
          <Kept kept={report.kept} changed={look} />
        )}
      </Group>
      <Retention />
      <Group title="Over the network">
        {report === undefined ? (
          <p className="card-empty">Looking …</p>
        ) : (
          <Requests requests={report.requests} />
        )}
      </Group>
    </div>
  )
}
