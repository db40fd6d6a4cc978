/** How long each stage takes: half of the dictations are faster than p50, nineteen of twenty faster than p95. */
import type { ReactElement } from 'react'
import type { StageTiming } from '../../../../shared/dictation.ts'
import { useAppStore } from '../../state/app-store.ts'
import { milliseconds } from '../words/format.ts'

export function Timings(): ReactElement {
  const timings = useAppStore((state) => state.timings)
  if (timings.length === 0) return <p className="card-empty">Dictate once, and its stages are timed here.</p>
  const longest = Math.max(...timings.map(({ p95Ms }) => p95Ms))
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <th scope="col" className="bar-column">
            <span className="visually-hidden">Compared</span>
          </th>
          <th scope="col" className="number">
            <abbr title="Half of the dictations are faster">p50</abbr>
          </th>
          <th scope="col" className="number">
            <abbr title="Nineteen of twenty dictations are faster">p95</abbr>
          </th>
          <th scope="col" className="number">
            Count
          </th>
        </tr>
      </thead>
      <tbody>
        {timings.map((timing) => (
          <TimingRow key={timing.stage} timing={timing} longest={longest} />
        ))}
      </tbody>
    </table>
  )
}

interface TimingRowProps {
  readonly timing: StageTiming
  readonly longest: number
}

function TimingRow({ timing: { stage, p50Ms, p95Ms, count }, longest }: TimingRowProps): ReactElement {
  const share = (ms: number): string => `${longest === 0 ? 0 : (100 * ms) / longest}%`
  return (
    <tr>
      <th scope="row">{stage}</th>
      <td className="bar-column">
        <span className="bar" aria-hidden="true">
          <i className="bar-p95" style={{ width: share(p95Ms) }} />
          <i className="bar-p50" style={{ width: share(p50Ms) }} />
        </span>
      </td>
      <td className="number">{milliseconds(p50Ms)}</td>
      <td className="number">{milliseconds(p95Ms)}</td>
      <td className="number">{count}</td>
    </tr>
  )
}
