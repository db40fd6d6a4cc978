import { useId, type ReactElement, type ReactNode } from 'react'

interface GroupProps {
  readonly title: string
  readonly children: ReactNode
}

/** Settings that belong together. */
export function Group({ title, children }: GroupProps): ReactElement {
  const id = useId()
  return (
    <section className="group" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div className="card">{children}</div>
    </section>
  )
}
