/** What main has to tell besides outcomes, and what it refused of what was asked of it. */
import type { ReactElement } from 'react'
import type { Notice } from '../../../shared/dictation.ts'
import { useAppStore } from '../state/app-store.ts'
import { ask, dismissFault, useFaults } from '../state/faults.ts'
import { useHandOver } from './parts/hand-over.ts'
import { IconButton } from './parts/icon-button.tsx'
import { Icon } from './parts/icons.tsx'

export function Notices(): ReactElement {
  const notices = useAppStore((state) => state.notices)
  const faults = useFaults((state) => state.faults)
  return (
    <div className="notices">
      {notices.map(({ id, level, text, hint }) => (
        <Banner
          key={`notice ${id}`}
          level={level}
          text={text}
          hint={hint}
          onDismiss={() => {
            void ask(() => window.steno.dismissNotice(id))
          }}
        />
      ))}
      {faults.map(({ id, error }) => (
        <Banner
          key={`fault ${id}`}
          level="error"
          text={error.message}
          hint={error.hint}
          onDismiss={() => {
            dismissFault(id)
          }}
        />
      ))}
    </div>
  )
}

interface BannerProps {
  readonly level: Notice['level']
  readonly text: string
  readonly hint: string | undefined
  readonly onDismiss: () => void
}

/** Only errors interrupt; the announcer tells the others when there is time. */
function Banner({ level, text, hint, onDismiss }: BannerProps): ReactElement {
  const handOver = useHandOver(() => document.querySelector('main'))
  return (
    <div className="banner" data-level={level} role={level === 'error' ? 'alert' : undefined}>
      <Icon name={level === 'info' ? 'info' : 'warning'} />
      <p>
        <strong>{text}</strong> {hint}
      </p>
      <IconButton icon="close" name={`Dismiss: ${text}`} ref={handOver} onPress={onDismiss} />
    </div>
  )
}
