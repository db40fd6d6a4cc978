import { useId, type ReactElement } from 'react'
import { describedBy, Field, type Labelled } from './field.tsx'

interface ChoiceProps<T extends string> extends Labelled {
  readonly value: T
  /** Value and words of each option, in their order. */
  readonly options: readonly (readonly [T, string])[]
  readonly onChange: (value: T) => void
}

/** One of a few, in a list that opens. */
export function Choice<T extends string>(props: ChoiceProps<T>): ReactElement {
  const { label, detail, value, options, onChange } = props
  const id = useId()
  return (
    <Field id={id} label={label} detail={detail}>
      <select
        id={id}
        value={value}
        aria-describedby={describedBy(id, detail)}
        onChange={(event) => {
          const chosen = options.find(([option]) => option === event.currentTarget.value)
          if (chosen !== undefined) onChange(chosen[0])
        }}
      >
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </Field>
  )
}
