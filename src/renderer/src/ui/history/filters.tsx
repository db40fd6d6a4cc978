import { useMemo, useState, type ReactElement } from 'react'
import type { HistoryQuery } from '../../../../shared/history.ts'
import { beginOf, OUTCOMES, SPANS, type OutcomeChoice, type Span } from '../words/history.ts'

interface Chosen {
  readonly text: string
  readonly span: Span
  readonly outcome: OutcomeChoice
  readonly starred: boolean
  readonly tag: string
}

export interface FilterState {
  readonly chosen: Chosen
  readonly choose: (patch: Partial<Chosen>) => void
  readonly query: HistoryQuery
}

const ALL: Chosen = { text: '', span: 'any', outcome: 'any', starred: false, tag: '' }

export function useFilters(): FilterState {
  const [chosen, setChosen] = useState(ALL)
  const query = useMemo(
    (): HistoryQuery => ({
      text: chosen.text,
      since: beginOf(chosen.span, Date.now()),
      outcome: chosen.outcome === 'any' ? null : chosen.outcome,
      starred: chosen.starred,
      tag: chosen.tag === '' ? null : chosen.tag,
    }),
    [chosen],
  )
  return {
    chosen,
    query,
    choose: (patch) => {
      setChosen({ ...chosen, ...patch })
    },
  }
}

interface FiltersProps {
  readonly filters: FilterState
  /** All that are in use. */
  readonly tags: readonly string[]
}

export function Filters({ filters: { chosen, choose }, tags }: FiltersProps): ReactElement {
  return (
    <form
      className="history-filters"
      role="search"
      aria-label="Dictations"
      onSubmit={(event) => {
        event.preventDefault()
      }}
    >
      <input
        type="search"
        aria-label="Words to find"
        placeholder="Search"
        maxLength={500}
        value={chosen.text}
        onChange={({ currentTarget }) => {
          choose({ text: currentTarget.value })
        }}
      />
      <Pick
        label="When"
        value={chosen.span}
        options={SPANS}
        onPick={(span) => {
          choose({ span })
        }}
      />
      <Pick
        label="Outcome"
        value={chosen.outcome}
        options={OUTCOMES}
        onPick={(outcome) => {
          choose({ outcome })
        }}
      />
      {(tags.length > 0 || chosen.tag !== '') && (
        <Pick
          label="Tag"
          value={chosen.tag}
          options={[['', 'All tags'], ...tags.map((tag) => [tag, tag] as const)]}
          onPick={(tag) => {
            choose({ tag })
          }}
        />
      )}
      <label className="history-starred">
        <input
          type="checkbox"
          checked={chosen.starred}
          onChange={({ currentTarget }) => {
            choose({ starred: currentTarget.checked })
          }}
        />
        Starred
      </label>
    </form>
  )
}

interface PickProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [T, string])[]
  readonly onPick: (value: T) => void
}

function Pick<T extends string>({ label, value, options, onPick }: PickProps<T>): ReactElement {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => {
        const picked = options.find(([option]) => option === currentTarget.value)
        if (picked !== undefined) onPick(picked[0])
      }}
    >
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </select>
  )
}
