/** Every model that is known, narrowed down by words, language and size. */
import { useState, type ReactElement } from 'react'
import { useAppStore } from '../../state/app-store.ts'
import { Switch } from '../parts/switch.tsx'
import { counted } from '../words/format.ts'
import { EVERY_MODEL, languagesKnown, modelsShown, SIZES, type ModelFilter } from '../words/model-list.ts'
import { ModelRowView } from './model-row.tsx'

const ANY = ''

export function ModelList(): ReactElement {
  const models = useAppStore((state) => state.models)
  const chosen = useAppStore(({ settings }) => settings.model)
  const [filter, setFilter] = useState(EVERY_MODEL)
  const shown = modelsShown(models, filter)
  const narrow = (patch: Partial<ModelFilter>): void => {
    setFilter((now) => ({ ...now, ...patch }))
  }
  return (
    <section className="group" aria-label="All models">
      <div className="filters" role="search" aria-label="Models">
        <input
          type="text"
          aria-label="Search models"
          placeholder="Search"
          spellCheck={false}
          value={filter.search}
          onChange={(event) => {
            narrow({ search: event.currentTarget.value })
          }}
        />
        <select
          aria-label="Language"
          value={filter.language ?? ANY}
          onChange={({ currentTarget: { value } }) => {
            narrow({ language: value === ANY ? undefined : value })
          }}
        >
          <option value={ANY}>Any language</option>
          {languagesKnown(models).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
        <select
          aria-label="Size"
          value={filter.atMostBytes ?? ANY}
          onChange={({ currentTarget: { value } }) => {
            narrow({ atMostBytes: value === ANY ? undefined : Number(value) })
          }}
        >
          <option value={ANY}>Any size</option>
          {SIZES.map(([bytes, words]) => (
            <option key={bytes} value={bytes}>
              {words}
            </option>
          ))}
        </select>
        <Switch
          label="On this computer"
          on={filter.onDisk}
          onChange={(onDisk) => {
            narrow({ onDisk })
          }}
        />
      </div>
      <p className="visually-hidden" role="status">
        {counted(shown.length, 'model')} shown
      </p>
      {shown.length === 0 ? (
        <p className="card card-empty">
          {models.length === 0 ? 'The list of models is not there yet.' : 'No model fits. Ask for less.'}
        </p>
      ) : (
        <ul className="card models">
          {shown.map((row) => (
            <ModelRowView key={row.card.name} row={row} inUse={row.card.name === chosen} />
          ))}
        </ul>
      )}
    </section>
  )
}
