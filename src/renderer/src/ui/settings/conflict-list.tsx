import type { ReactElement } from 'react'
import type { Conflict } from '../../../../shared/key-conflicts.ts'
import { Icon } from '../parts/icons.tsx'

/** What speaks against a chord; nothing where nothing does. */
export function ConflictList({
  conflicts,
}: {
  readonly conflicts: readonly Conflict[]
}): ReactElement | null {
  if (conflicts.length === 0) return null
  return (
    <ul className="conflicts">
      {conflicts.map(({ level, text }) => (
        <li key={text} data-level={level}>
          <Icon name="warning" />
          {text}
        </li>
      ))}
    </ul>
  )
}
