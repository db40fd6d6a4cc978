/** The user's own words and snippets; a row is taken over when it is left. */
import { useEffect, useId, useRef, useState, type ReactElement } from 'react'
import type { Replacement } from '../../../../shared/edits.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { changed, draftsOf, isBlank, keptOf, without, type Draft } from '../words/replacements.ts'

interface ReplacementListProps {
  readonly replacements: readonly Replacement[]
  readonly onChange: (replacements: readonly Replacement[]) => void
}

/** As many characters as the settings take. */
const FROM_CHARACTERS = 80
const TO_CHARACTERS = 2_000

export function ReplacementList({ replacements, onChange }: ReplacementListProps): ReactElement {
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const [drafts, setDrafts] = useState(() => draftsOf(replacements))
  const saved = JSON.stringify(replacements)
  useEffect(() => {
    const kept = JSON.parse(saved) as Replacement[]
    // What is being typed is not taken away when what it was saved as comes back.
    setDrafts((now) => (JSON.stringify(keptOf(now)) === saved ? now : draftsOf(kept)))
  }, [saved])
  const save = (next: readonly Draft[]): void => {
    const kept = keptOf(next)
    if (JSON.stringify(kept) !== saved) onChange(kept)
  }
  return (
    <div className="field-block">
      <h3 id={id}>Your own words</h3>
      <p id={`${id}-detail`} className="field-detail">
        What you say, and what is written for it: a name, an address, a closing of several lines.
      </p>
      <ul className="replacements" ref={list} aria-labelledby={id} aria-describedby={`${id}-detail`}>
        {drafts.map((draft, index) => (
          <Row
            key={draft.key}
            draft={draft}
            number={index + 1}
            onType={(patch) => {
              setDrafts(changed(drafts, draft.key, patch))
            }}
            onLeave={() => {
              save(drafts)
            }}
            onRemove={() => {
              const next = without(drafts, draft.key)
              setDrafts(next)
              save(next)
              // The button goes; there is always a row behind it.
              list.current?.children[index + 1]?.querySelector('input')?.focus()
            }}
          />
        ))}
      </ul>
    </div>
  )
}

interface RowProps {
  readonly draft: Draft
  readonly number: number
  readonly onType: (patch: Partial<Replacement>) => void
  readonly onLeave: () => void
  readonly onRemove: () => void
}

function Row({ draft, number, onType, onLeave, onRemove }: RowProps): ReactElement {
  const { from, to } = draft
  return (
    <li
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) onLeave()
      }}
    >
      <input
        type="text"
        aria-label={`Said, ${number}`}
        placeholder="What you say"
        spellCheck={false}
        maxLength={FROM_CHARACTERS}
        value={from}
        onChange={(event) => {
          onType({ from: event.currentTarget.value })
        }}
      />
      <textarea
        rows={1}
        aria-label={`Written, ${number}`}
        placeholder="What is written"
        spellCheck={false}
        maxLength={TO_CHARACTERS}
        value={to}
        onChange={(event) => {
          onType({ to: event.currentTarget.value })
        }}
      />
      {isBlank(draft) ? (
        <span className="no-button" />
      ) : (
        <IconButton icon="close" name={`Remove: ${from}`} onPress={onRemove} />
      )}
    </li>
  )
}
