import { useId, type ReactElement, type ReactNode } from 'react'

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly detail?: ReactNode
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
    <div className="field">
      <div className="field-words">
        <label htmlFor={id}>{label}</label>
        {detail !== undefined && (
          <p id={`${id}-detail`} className="field-detail">
            {detail}
          </p>
        )}
      </div>
      <select
        id={id}
        value={value}
        aria-describedby={detail === undefined ? undefined : `${id}-detail`}
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
    </div>
  )
}
