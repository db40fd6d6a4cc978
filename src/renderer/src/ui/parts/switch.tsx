import { useId, type ReactElement, type ReactNode } from 'react'

interface SwitchProps {
  readonly label: string
  /** What it means, in plain words. */
  readonly detail?: ReactNode
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}

export function Switch({ label, detail, on, onChange }: SwitchProps): ReactElement {
  const id = useId()
  return (
    <div className="field">
      <div className="field-words">
        <label htmlFor={id}>{label}</label>
        {detail !== undefined && (
          <p id={`${id}-detail`} className="field-detail">
            {detail}
          </p>
        )}
      </div>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className="switch"
        checked={on}
        aria-describedby={detail === undefined ? undefined : `${id}-detail`}
        onChange={(event) => {
          onChange(event.currentTarget.checked)
        }}
      />
    </div>
  )
}
