import { useEffect, useId, useState, type ReactElement } from 'react'

interface WordListProps {
  readonly label: string
  readonly detail: string
  readonly words: readonly string[]
  readonly onChange: (words: readonly string[]) => void
}

/** Words, one a line; they are taken over when the field is left. */
export function WordList({ label, detail, words, onChange }: WordListProps): ReactElement {
  const id = useId()
  const saved = words.join('\n')
  const [text, setText] = useState(saved)
  useEffect(() => {
    setText(saved)
  }, [saved])
  return (
    <div className="field-block">
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-detail`} className="field-detail">
        {detail}
      </p>
      <textarea
        id={id}
        rows={Math.min(8, Math.max(3, words.length + 1))}
        spellCheck={false}
        aria-describedby={`${id}-detail`}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
        }}
        onBlur={() => {
          const lines = wordsOf(text)
          setText(lines.join('\n'))
          if (lines.join('\n') !== saved) onChange(lines)
        }}
      />
    </div>
  )
}

/** Each line once, without what is around it; empty ones are none. */
function wordsOf(text: string): readonly string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')
}
