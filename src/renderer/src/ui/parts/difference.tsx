import { Fragment, useMemo, type ReactElement } from 'react'
import { diffWords } from '../words/diff.ts'

/** A text held against another one, word by word. */
export function Difference({ base, text }: { readonly base: string; readonly text: string }): ReactElement {
  const parts = useMemo(() => diffWords(base, text), [base, text])
  return (
    <p className="reading-text">
      {parts.map((part, index) => {
        const Tag = { same: 'span', gone: 'del', new: 'ins' }[part.kind] as 'span'
        return (
          <Fragment key={index}>
            <Tag>{part.text}</Tag>{' '}
          </Fragment>
        )
      })}
    </p>
  )
}
