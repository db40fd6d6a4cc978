import type { ReactElement } from 'react'
import type { NetworkRequest } from '../../../../shared/history.ts'
import { timeOfDay } from '../words/format.ts'
import { dayOf } from '../words/history.ts'

export function Requests({ requests }: { readonly requests: readonly NetworkRequest[] }): ReactElement {
  if (requests.length === 0) {
    return <p className="card-empty">None. Steno talks to the network only when you download a model.</p>
  }
  const now = Date.now()
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">What for</th>
        </tr>
      </thead>
      <tbody>
        {requests.map(({ at, url, why }) => (
          <tr key={`${at} ${url}`}>
            <td className="number">
              {dayOf(at, now)}, {timeOfDay(at)}
            </td>
            <td>
              {why}
              <span className="field-detail path"> {url}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
