/** What a settings file and a page may say, field by field. Pure. */
import * as v from 'valibot'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/settings.ts'

/** Keys held together; more than four nobody can press with one hand. */
const CHORD_KEYS = 4
const NAME_CHARACTERS = 200
const DEVICES = 20
/** More would only make the model hear them everywhere. */
const PHRASES = 500
const PHRASE_CHARACTERS = 80
/** A letter's closing or an address; a document is no replacement for a word. */
const SNIPPET_CHARACTERS = 2_000
/** Of languages with a model of their own. */
const LANGUAGES = 200
/** Shorter than this a breath would end an utterance; longer nobody waits. */
const SILENCE_MS = { from: 500, to: 60_000 }

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(NAME_CHARACTERS))
const chord = v.nullable(
  v.pipe(v.array(v.pipe(name, v.regex(/^\w+$/))), v.minLength(1), v.maxLength(CHORD_KEYS)),
)
const language = v.pipe(v.string(), v.regex(/^[a-z]{2,3}$/))
/** As it names a folder. */
export const modelName = v.pipe(v.string(), v.maxLength(80), v.regex(/^[a-z0-9][a-z0-9.-]*$/))
const silence = v.pipe(v.number(), v.safeInteger(), v.minValue(SILENCE_MS.from), v.maxValue(SILENCE_MS.to))
/** Of days, dictations and megabytes alike. */
const limit = v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1e6)))
/** A browser may name a device and give no label, or the other way round. */
const device = v.strictObject({
  id: v.pipe(v.string(), v.maxLength(NAME_CHARACTERS)),
  label: v.pipe(v.string(), v.maxLength(NAME_CHARACTERS)),
})

const phrase = v.pipe(v.string(), v.regex(/\S/), v.maxLength(PHRASE_CHARACTERS))

const replacement = v.strictObject({
  from: phrase,
  to: v.pipe(v.string(), v.maxLength(SNIPPET_CHARACTERS)),
})

export const SETTINGS_FIELDS: {
  readonly [K in keyof Settings]: v.GenericSchema<unknown, Settings[K]>
} = {
  microphones: v.pipe(v.array(device), v.maxLength(DEVICES)),
  keepMicrophoneOpen: v.boolean(),
  talkMode: v.picklist(['hold', 'toggle', 'auto']),
  talkKey: chord,
  latchKey: chord,
  toggleKey: chord,
  cancelKey: chord,
  undoKey: chord,
  copyLastKey: chord,
  retryLastKey: chord,
  rawKey: chord,
  otherTalkKey: chord,
  otherModel: v.nullable(modelName),
  handsFree: v.boolean(),
  handsFreeSilenceMs: silence,
  autoStopSilenceMs: v.nullable(silence),
  language: v.nullable(language),
  translate: v.boolean(),
  model: modelName,
  modelByLanguage: v.pipe(
    v.record(language, modelName),
    v.check((models) => Object.keys(models).length <= LANGUAGES),
  ),
  modelMirror: v.nullable(
    v.pipe(v.string(), v.maxLength(NAME_CHARACTERS), v.regex(/^https?:\/\/\S+[^/\s]$/)),
  ),
  offerModel: v.boolean(),
  vocabulary: v.pipe(v.array(phrase), v.maxLength(PHRASES)),
  editText: v.boolean(),
  sentenceCasing: v.boolean(),
  fullStops: v.boolean(),
  spokenMarks: v.picklist(['off', 'careful', 'always']),
  numbersAsDigits: v.boolean(),
  removeFillers: v.boolean(),
  removeStutter: v.boolean(),
  replacements: v.pipe(v.array(replacement), v.maxLength(PHRASES)),
  keepDays: limit,
  keepCount: limit,
  keepMegabytes: limit,
  sounds: v.boolean(),
  overlay: v.picklist(['top', 'bottom', 'off']),
  theme: v.picklist(['system', 'light', 'dark']),
  whenClosed: v.picklist(['tray', 'quit']),
  openAtLogin: v.boolean(),
}

/** Some of the settings, each of them valid: what a page may ask for. */
export const settingsPatch: v.GenericSchema<unknown, Partial<Settings>> = v.pipe(
  v.custom<Record<string, unknown>>(isRecord),
  v.check((patch) =>
    Object.entries(patch).every(([field, value]) => isField(field) && v.is(SETTINGS_FIELDS[field], value)),
  ),
  v.transform((patch): Partial<Settings> => patch),
)

export interface Salvaged {
  readonly settings: Settings
  /** Fields whose value was not usable: they have their default now. */
  readonly broken: readonly string[]
  /** What a newer Steno may have written: kept as it is. */
  readonly unknown: Readonly<Record<string, unknown>>
}

/** Takes whatever of `value` is of use, field by field. Never throws. */
export function salvage(value: unknown): Salvaged {
  if (!isRecord(value)) return { settings: DEFAULT_SETTINGS, broken: ['everything'], unknown: {} }
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS }
  const broken: string[] = []
  const unknown: Record<string, unknown> = {}
  for (const [field, given] of Object.entries(value)) {
    if (!isField(field)) unknown[field] = given
    else if (v.is(SETTINGS_FIELDS[field], given)) settings[field] = given
    else broken.push(field)
  }
  // Every field has passed its own schema or is a default.
  return { settings: settings as unknown as Settings, broken, unknown }
}

function isField(name: string): name is keyof Settings {
  return Object.hasOwn(SETTINGS_FIELDS, name)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
