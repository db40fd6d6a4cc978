import type { ReactElement, ReactNode } from 'react'

export interface Labelled {
  readonly label: string
  /** What it means, in plain words. */
  readonly detail?: ReactNode
}

interface FieldProps extends Labelled {
  /** Of the control, which is described by {@link describedBy}. */
  readonly id: string
  readonly children: ReactNode
}

/** A control beside its label. */
export function Field({ id, label, detail, children }: FieldProps): ReactElement {
  return (
    <div className="field">
      <div className="field-words">
        <label htmlFor={id}>{label}</label>
        {detail !== undefined && (
          <p id={describedBy(id, detail)} className="field-detail">
            {detail}
          </p>
        )}
      </div>
      {children}
    </div>
  )
}

/** The id of a control's detail, if it has one. */
export function describedBy(id: string, detail: ReactNode): string | undefined {
  return detail === undefined ? undefined : `${id}-detail`
}
