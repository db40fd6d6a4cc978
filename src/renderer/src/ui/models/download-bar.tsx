import type { ReactElement } from 'react'
import type { ModelState } from '../../../../shared/models.ts'
import { shareOf } from '../words/models.ts'

interface DownloadBarProps {
  readonly state: ModelState
  readonly title: string
}

/** How much has come; nothing where no download is under way. */
export function DownloadBar({ state, title }: DownloadBarProps): ReactElement | null {
  const share = shareOf(state)
  if (share === undefined) return null
  return (
    <progress
      className="download-bar"
      data-state={state.kind}
      aria-label={`Download of ${title}`}
      max={100}
      value={Math.floor(100 * share)}
    />
  )
}
