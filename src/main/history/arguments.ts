/** How the arguments of the pages of the history, of privacy and of diagnostics must look. Pure. */
import * as v from 'valibot'
import type { Invokes } from '../../shared/app-ipc.ts'
import type { DictationId } from '../../shared/dictation.ts'
import { EXPORT_FORMATS, type HistoryQuery, type HistorySelection } from '../../shared/history.ts'
import { modelName } from '../settings/schema.ts'

const WORDS_CHARACTERS = 500
const TAG_CHARACTERS = 40
const TAGS = 20
const IDS = 10_000

const id: v.GenericSchema<unknown, DictationId> = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const tag = v.pipe(v.string(), v.regex(/\S/), v.maxLength(TAG_CHARACTERS))
const OUTCOMES = ['copied', 'undelivered', 'nothing-heard', 'cancelled', 'failed', 'interrupted'] as const

const query: v.GenericSchema<unknown, HistoryQuery> = v.strictObject({
  text: v.pipe(v.string(), v.maxLength(WORDS_CHARACTERS)),
  since: v.nullable(v.pipe(v.number(), v.finite())),
  outcome: v.nullable(v.picklist(OUTCOMES)),
  starred: v.boolean(),
  tag: v.nullable(tag),
})
const ids = v.pipe(v.array(id), v.maxLength(IDS))
const selection: v.GenericSchema<unknown, HistorySelection> = v.union([
  v.strictObject({ ids }),
  v.strictObject({ query }),
])
const KINDS = ['settings', 'history', 'sounds', 'models', 'logs', 'crashes'] as const

export type ArchiveRequest =
  | 'search-history'
  | 'words-of-dictation'
  | 'star-dictation'
  | 'tag-dictation'
  | 'remove-dictations'
  | 'export-dictations'
  | 'reread-dictation'
  | 'take-reading'
  | 'look-into-privacy'
  | 'show-kept-files'
  | 'clear-kept-files'
  | 'read-log'
  | 'save-bundle'

export const ARCHIVE_ARGUMENTS: {
  readonly [K in ArchiveRequest]: v.GenericSchema<unknown, Invokes[K]['args']>
} = {
  'search-history': v.strictTuple([query, v.nullable(id)]),
  'words-of-dictation': v.strictTuple([id]),
  'star-dictation': v.strictTuple([id, v.boolean()]),
  'tag-dictation': v.strictTuple([id, v.pipe(v.array(tag), v.maxLength(TAGS))]),
  'remove-dictations': v.strictTuple([ids]),
  'export-dictations': v.strictTuple([selection, v.picklist(EXPORT_FORMATS)]),
  'reread-dictation': v.strictTuple([id, modelName]),
  'take-reading': v.strictTuple([id, modelName]),
  'look-into-privacy': v.strictTuple([]),
  'show-kept-files': v.strictTuple([v.picklist(KINDS)]),
  'clear-kept-files': v.strictTuple([v.picklist(['logs', 'crashes'])]),
  'read-log': v.strictTuple([]),
  'save-bundle': v.strictTuple([]),
}
