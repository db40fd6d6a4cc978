/** All dictations there ever were, for the page that finds them. */
import { writeFileSync } from 'node:fs'
import type { DictationId } from '../../shared/dictation.ts'
import { StenoError, textOf } from '../../shared/errors.ts'
import type {
  ExportFormat,
  HistoryPage,
  HistoryQuery,
  HistoryRow,
  HistorySelection,
  SpokenWords,
} from '../../shared/history.ts'
import type { FileCustody } from '../custody/file-custody.ts'
import { historyRow } from '../custody/rows.ts'
import type { StoredDictation } from '../custody/history.ts'
import { exported, type Exported } from './export.ts'
import { clauseOf } from './search.ts'

/** Rows that a window gets at once. */
const PAGE_ROWS = 50

/** Asks where to save; undefined: nowhere. */
export type AskWhere = (name: string, format: ExportFormat) => Promise<string | undefined>

export class Archive {
  readonly #custody: FileCustody
  readonly #askWhere: AskWhere

  constructor(custody: FileCustody, askWhere: AskWhere) {
    this.#custody = custody
    this.#askWhere = askWhere
  }

  /** @param before only what is older than this one; null begins with the newest. */
  search(query: HistoryQuery, before: DictationId | null): HistoryPage {
    const { where, values } = clauseOf(query)
    const { history } = this.#custody
    const older = before === null ? '' : 'AND id < ?'
    const limits = before === null ? [PAGE_ROWS] : [before, PAGE_ROWS]
    const rows = history.select(`${where} ${older} ORDER BY id DESC LIMIT ?`, ...values, ...limits)
    return {
      rows: rows.map(historyRow),
      found: history.number('count(*)', where, ...values),
      seconds: history.number('sum(seconds)', where, ...values),
      tags: history.tags(),
    }
  }

  /** Throws `dictation-unknown`. */
  wordsOf(id: DictationId): SpokenWords {
    if (this.#custody.find(id) === undefined)
      throw new StenoError('dictation-unknown', `There is no dictation ${id}.`)
    return this.#custody.history.wordsOf(id)
  }

  rowOf(id: DictationId): HistoryRow | undefined {
    const found = this.#custody.find(id)
    return found === undefined ? undefined : historyRow(found)
  }

  /** Where it was saved; null when the user thought better of it. Rejects when the disk does. */
  async export(selection: HistorySelection, format: ExportFormat): Promise<string | null> {
    const dictations = this.#selected(selection)
    const path = await this.#askWhere(`Steno ${new Date().toISOString().slice(0, 10)}`, format)
    if (path === undefined) return null
    try {
      writeFileSync(path, exported(format, dictations), { mode: 0o600 })
      return path
    } catch (error) {
      throw new StenoError('file-unreadable', `${path} could not be written: ${textOf(error)}`, {
        file: path,
        hint: 'Choose another folder, or make room on the disk.',
      })
    }
  }

  #selected(selection: HistorySelection): Exported[] {
    const { history } = this.#custody
    return this.#chosen(selection).map((one) => ({ ...one, words: history.wordsOf(one.id) }))
  }

  #chosen(selection: HistorySelection): StoredDictation[] {
    if ('ids' in selection) {
      return selection.ids.flatMap((id) => this.#custody.find(id) ?? []).sort((a, b) => a.id - b.id)
    }
    const { where, values } = clauseOf(selection.query)
    return this.#custody.history.select(`${where} ORDER BY id`, ...values)
  }
}
