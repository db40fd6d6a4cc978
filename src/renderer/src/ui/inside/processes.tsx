import type { ReactElement } from 'react'
import { useAppStore } from '../../state/app-store.ts'
import { memory, percent } from '../words/format.ts'

export function Processes(): ReactElement {
  const processes = useAppStore((state) => state.processes)
  if (processes.length === 0) return <p className="card-empty">Being counted …</p>
  const cpu = processes.reduce((sum, process) => sum + process.cpu, 0)
  const bytes = processes.reduce((sum, process) => sum + process.memoryBytes, 0)
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Process</th>
          <th scope="col" className="number pid">
            <abbr title="Number of the process">PID</abbr>
          </th>
          <th scope="col" className="number">
            <abbr title="Share of one core">CPU</abbr>
          </th>
          <th scope="col" className="number">
            Memory
          </th>
        </tr>
      </thead>
      <tbody>
        {processes.map((process) => (
          <tr key={process.pid}>
            <th scope="row">{process.name}</th>
            <td className="number pid">{process.pid}</td>
            <td className="number">{percent(process.cpu)}</td>
            <td className="number">{memory(process.memoryBytes)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Together</th>
          <td className="pid" />
          <td className="number">{percent(cpu)}</td>
          <td className="number">{memory(bytes)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
