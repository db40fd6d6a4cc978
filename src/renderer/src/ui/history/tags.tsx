import { useState, type ReactElement } from 'react'
import type { HistoryRow } from '../../../../shared/history.ts'
import { ask } from '../../state/faults.ts'
import { tagsIn } from '../words/history.ts'

interface TagsProps {
  readonly row: HistoryRow
  readonly name: string
  readonly changed: () => void
}

/** Words of the user's own on a dictation; a press edits them. */
export function Tags({ row: { id, tags }, name, changed }: TagsProps): ReactElement {
  const [draft, setDraft] = useState<string>()
  const save = (): void => {
    if (draft === undefined) return
    setDraft(undefined)
    void ask(() => window.steno.tag(id, tagsIn(draft))).then(changed)
  }
  if (draft !== undefined) {
    return (
      <input
        type="text"
        className="tag-input"
        aria-label={`Tags of ${name}, with commas between`}
        placeholder="work, idea"
        autoFocus
        value={draft}
        onChange={({ currentTarget }) => {
          setDraft(currentTarget.value)
        }}
        onBlur={save}
        onKeyDown={({ key }) => {
          if (key === 'Enter') save()
          else if (key === 'Escape') setDraft(undefined)
        }}
      />
    )
  }
  return (
    <p className="tags">
      {tags.map((tag) => (
        <span key={tag} className="tag">
          {tag}
        </span>
      ))}
      <button
        type="button"
        className="link"
        aria-label={`${tags.length === 0 ? 'Add tags to' : 'Edit the tags of'} ${name}`}
        onClick={() => {
          setDraft(tags.join(', '))
        }}
      >
        {tags.length === 0 ? 'Add tags' : 'Edit'}
      </button>
    </p>
  )
}
