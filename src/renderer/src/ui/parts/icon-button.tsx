import type { ReactElement, Ref } from 'react'
import { Icon, type IconName } from './icons.tsx'

interface IconButtonProps {
  readonly icon: IconName
  /** Says what it does, and to what, where there are several of it. */
  readonly name: string
  readonly onPress: () => void
  /** It keeps the focus all the same: a control that is switched off under somebody's hands must not lose it. */
  readonly disabled?: boolean
  readonly ref?: Ref<HTMLButtonElement>
}

export function IconButton({ icon, name, onPress, disabled = false, ref }: IconButtonProps): ReactElement {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={name}
      title={name}
      ref={ref}
      aria-disabled={disabled}
      onClick={() => {
        if (!disabled) onPress()
      }}
    >
      <Icon name={icon} />
    </button>
  )
}
