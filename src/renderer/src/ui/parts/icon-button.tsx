import type { ReactElement } from 'react'
import { Icon, type IconName } from './icons.tsx'

interface IconButtonProps {
  readonly icon: IconName
  /** Says what it does, and to what, where there are several of it. */
  readonly name: string
  readonly onPress: () => void
  readonly disabled?: boolean
  readonly pressed?: boolean
}

export function IconButton({ icon, name, onPress, disabled, pressed }: IconButtonProps): ReactElement {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={name}
      title={name}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  )
}
