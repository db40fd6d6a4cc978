import { useId, type ReactElement } from 'react'
import { describedBy, Field, type Labelled } from './field.tsx'

interface SwitchProps extends Labelled {
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}

export function Switch({ label, detail, on, onChange }: SwitchProps): ReactElement {
  const id = useId()
  return (
    <Field id={id} label={label} detail={detail}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className="switch"
        checked={on}
        aria-describedby={describedBy(id, detail)}
        onChange={(event) => {
          onChange(event.currentTarget.checked)
        }}
      />
    </Field>
  )
}
