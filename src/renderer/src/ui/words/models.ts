/** Models in words: what they are, how a download stands, what can be done. Pure. */
import type { ModelCard, ModelName, ModelRow, ModelState } from '../../../../shared/models.ts'
import { sentences } from './outcomes.ts'

const MEGABYTE = 1_000_000
const GIGABYTE = 1_000 * MEGABYTE
const MINUTE = 60
const HOUR = 60 * MINUTE
/** More languages than these are counted. */
const NAMED_LANGUAGES = 3

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' })

export function languageName(code: string): string {
  return LANGUAGES.of(code) ?? code
}

/** 63_000_000 → `63 MB`, 1_030_000_000 → `1.0 GB`; what is there is never `0 MB`. */
export function size(bytes: number): string {
  if (bytes >= GIGABYTE - MEGABYTE / 2) return `${(bytes / GIGABYTE).toFixed(1)} GB`
  const megabytes = bytes / MEGABYTE
  return bytes > 0 && megabytes < 1 ? 'under 1 MB' : `${megabytes.toFixed(0)} MB`
}

/** `English and German`, `25 languages`. */
export function languagesOf({ languages }: Pick<ModelCard, 'languages'>): string {
  if (languages.length === 0) return 'languages unknown'
  if (languages.length > NAMED_LANGUAGES) return `${languages.length} languages`
  return languages.map(languageName).join(', ')
}

/** All of them, by name. */
export function allLanguagesOf({ languages }: Pick<ModelCard, 'languages'>): string {
  return languages
    .map(languageName)
    .sort((a, b) => a.localeCompare(b, 'en'))
    .join(', ')
}

const SPEEDS: Readonly<Record<ModelCard['speed'], string>> = {
  instant: 'very fast',
  steady: 'fast enough',
  slow: 'slow',
}

/** Families whose name is not their id with a capital. */
const FAMILIES: Readonly<Record<string, string>> = {
  ctc: 'Steno CTC',
  'moonshine-streaming': 'Moonshine streaming',
  'nemo-ctc': 'NeMo CTC',
  fastconformer: 'FastConformer',
  'sense-voice': 'SenseVoice',
}

/** @param family its id in the catalogue and in the engine. */
export function familyName(family: string): string {
  return FAMILIES[family] ?? `${family.slice(0, 1).toUpperCase()}${family.slice(1)}`
}

/** The small print of a model, in the order it is read. */
export function factsOf(card: ModelCard): readonly string[] {
  return [
    ...(card.family === '' ? [] : [familyName(card.family)]),
    languagesOf(card),
    `${size(card.bytes)} on disk`,
    `${size(card.memoryBytes)} of memory`,
    SPEEDS[card.speed],
    `licence: ${card.licence}`,
    ...(card.origin === 'catalogue'
      ? [card.pinned ? 'fingerprints known' : 'checked at first download']
      : []),
  ]
}

/** How its files are known to be the right ones. */
export function trustOf({ origin, pinned }: Pick<ModelCard, 'origin' | 'pinned'>): string {
  switch (origin) {
    case 'built-in':
      return 'Comes with Steno.'
    case 'imported':
      return 'From a folder of yours; its files are checked against what they were then.'
    case 'catalogue':
      return pinned
        ? 'Every file is checked against a known fingerprint.'
        : 'Its fingerprints are noted at the first download and checked from then on.'
  }
}

/** The name of a model, by what the settings call it. */
export function titleOf(models: readonly ModelRow[], name: ModelName): string {
  const row = models.find(({ card }) => card.name === name)
  return row === undefined ? name : nameOf(row.card)
}

/** In lists and headings: the built-in one says that it is. */
export function nameOf({ title, origin }: Pick<ModelCard, 'title' | 'origin'>): string {
  return origin === 'built-in' ? `${title} (built in)` : title
}

/** Under the name: how it stands; undefined where there is nothing to say. */
export function standOf(state: ModelState): string | undefined {
  switch (state.kind) {
    case 'absent':
    case 'installed':
      return undefined
    case 'downloading':
      return [arrived(state), ...pace(state)].join(' · ')
    case 'paused':
      return `Paused at ${arrived(state)}. What has come is kept.`
    case 'failed':
    case 'broken':
      return sentences(state.error)
    case 'verifying':
      return 'Checking every file …'
  }
}

/** `251 of 670 MB`; of large ones with the unit at both. */
function arrived({ bytes, total }: { readonly bytes: number; readonly total: number }): string {
  const [came, whole] = [size(bytes), size(total)]
  const unit = whole.slice(-2)
  return came.endsWith(unit) && !came.startsWith('under')
    ? `${came.slice(0, -3)} of ${whole}`
    : `${came} of ${whole}`
}

function pace(state: ModelState & { readonly kind: 'downloading' }): readonly string[] {
  if (state.bytesPerSecond <= 0) return [state.bytes === 0 ? 'connecting …' : 'waiting …']
  const speed = `${(state.bytesPerSecond / MEGABYTE).toFixed(1)} MB/s`
  return state.secondsLeft === undefined ? [speed] : [speed, `${timeLeft(state.secondsLeft)} left`]
}

/** 9 → `9 s`, 65 → `1 min 5 s`, 605 → `10 min`, 4000 → `1 h 7 min`: as exact as anybody believes. */
export function timeLeft(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  if (whole < MINUTE) return `${whole} s`
  const minutes = Math.floor(whole / MINUTE)
  if (whole >= HOUR) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  return minutes < 10 && whole % MINUTE > 0 ? `${minutes} min ${whole % MINUTE} s` : `${minutes} min`
}

/** Share of a download that has come, 0 to 1; undefined where nothing is under way. */
export function shareOf(state: ModelState): number | undefined {
  if (state.kind !== 'downloading' && state.kind !== 'paused' && state.kind !== 'failed') return undefined
  return state.total > 0 ? Math.min(1, state.bytes / state.total) : 0
}

export type ModelAction = 'download' | 'pause' | 'use' | 'cancel' | 'verify' | 'remove'

export interface ModelStep {
  readonly action: ModelAction
  readonly label: string
  /** Seen, and of no use now. */
  readonly idle?: boolean
}

/** The one thing to do with a model. @param inUse whether it reads all dictations already. */
export function mainStepOf({ card, state }: ModelRow, inUse: boolean): ModelStep {
  switch (state.kind) {
    case 'absent':
      return { action: 'download', label: 'Download' }
    case 'downloading':
      return { action: 'pause', label: 'Pause' }
    case 'paused':
      return { action: 'download', label: 'Resume' }
    case 'failed':
      return { action: 'download', label: 'Try again' }
    case 'verifying':
      return { action: 'verify', label: 'Checking …', idle: true }
    case 'installed':
      return { action: 'use', label: inUse ? 'In use' : 'Use', idle: inUse }
    case 'broken':
      return card.origin === 'catalogue'
        ? { action: 'download', label: 'Download again' }
        : { action: 'verify', label: 'Check again' }
  }
}

/** What else can be done. */
export function otherStepsOf({ card, state }: ModelRow): readonly ModelStep[] {
  const remove: readonly ModelStep[] =
    card.origin === 'built-in' ? [] : [{ action: 'remove', label: 'Delete' }]
  switch (state.kind) {
    case 'absent':
    case 'verifying':
      return []
    case 'downloading':
    case 'paused':
    case 'failed':
      return [{ action: 'cancel', label: 'Cancel' }]
    case 'installed':
      return card.origin === 'built-in' ? [] : [{ action: 'verify', label: 'Check files' }, ...remove]
    case 'broken':
      return remove
  }
}

/** What a screen reader is told of the models. */
export function modelNews(before: readonly ModelRow[], after: readonly ModelRow[]): readonly string[] {
  const was = new Map(before.map(({ card, state }) => [card.name, state.kind]))
  return after.flatMap(({ card, state }) => {
    const earlier = was.get(card.name)
    if (earlier === undefined || earlier === state.kind) return []
    return newsOf(card.title, state, earlier)
  })
}

function newsOf(title: string, state: ModelState, earlier: ModelState['kind']): readonly string[] {
  switch (state.kind) {
    case 'downloading':
      return [`${title} is being downloaded.`]
    case 'paused':
      return [`The download of ${title} is paused.`]
    case 'failed':
    case 'broken':
      return [`${title}: ${sentences(state.error)}`]
    case 'installed':
      return [
        earlier === 'verifying' ? `${title} is here, and as it should be.` : `${title} is on this computer.`,
      ]
    case 'verifying':
      return [`${title} is being checked.`]
    case 'absent':
      return [`${title} is not on this computer any more.`]
  }
}

/** What the Dictate page says of the model it offers. */
export function offerTitle({ card: { title }, state }: ModelRow): string {
  switch (state.kind) {
    case 'absent':
      return `${title} would write you better text`
    case 'installed':
      return `${title} is here`
    case 'failed':
    case 'broken':
      return `${title} did not arrive`
    case 'downloading':
    case 'paused':
    case 'verifying':
      return `${title} is on its way`
  }
}

export function offerDetail({ card, state }: ModelRow): string {
  if (state.kind === 'installed') return 'It reads from your next dictation on.'
  return state.kind === 'absent' ? card.goodFor : 'You can dictate meanwhile: the built-in model reads.'
}

/** What is to be kept of the address of a mirror: null where there is none, undefined where it is no address. */
export function mirrorOf(text: string): string | null | undefined {
  const address = text.trim().replace(/\/+$/, '')
  if (address === '') return null
  return /^https?:\/\/[^\s/]\S+$/.test(address) && URL.canParse(address) ? address : undefined
}

/** `16 times as fast as speech`. @param factor seconds of decoding per second of sound. */
export function speedOf(factor: number): string {
  if (factor <= 0) return 'faster than can be told'
  const times = 1 / factor
  if (times < 0.95) return `${(100 * times).toFixed(0)} % of the speed of speech`
  return `${times < 10 ? times.toFixed(1) : times.toFixed(0)} times as fast as speech`
}
