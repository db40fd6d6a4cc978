/** A capital where a sentence begins and none in its middle. Models that write both are corrected only at seams. */
import type { Draft } from '../draft.ts'
import { ENDS_SENTENCE } from '../pauses.ts'
import type { Script } from '../script.ts'
import { endsSentence, type Token } from '../token.ts'
import type { MarksSet } from './spoken-marks.ts'

export interface Boundaries {
  readonly marks: MarksSet
  /** Full stops put in, and full stops taken away, by the token they stand behind. */
  readonly stops: ReadonlyMap<number, number>
  readonly joints: ReadonlyMap<number, number>
}

/** What stands before a word: whether a sentence begins, and which edits made it so. */
interface Place {
  readonly begins: boolean
  readonly because: number[]
  /** The sentence goes on over a seam, where the model may have set a capital. */
  readonly seam: boolean
}

export function mendCasing(draft: Draft, script: Script, boundaries: Boundaries): void {
  const forms = seenForms(draft)
  let place: Place = { begins: true, because: [], seam: false }
  for (const [at, token] of draft.tokens.entries()) {
    if (isSeam(token) && !place.begins) place = { ...place, seam: true }
    const edit = draft.claim(at)?.edit
    if (edit === undefined || !(boundaries.marks.has(edit) || draft.gone(at))) {
      if (draft.opens(at)) recase(draft, at, place, { script, forms })
      place = behindWord(at, token, boundaries)
    } else if (draft.opens(at)) place = behindEdit(edit, token, place, boundaries)
    place = behindStop(boundaries.stops.get(at)) ?? place
  }
}

/** A new segment after a short pause. */
function isSeam({ firstOfLine, pause }: Token): boolean {
  return firstOfLine && pause !== undefined && pause < ENDS_SENTENCE
}

function behindWord(at: number, { trail }: Token, { joints }: Boundaries): Place {
  const joint = joints.get(at)
  if (joint !== undefined) return { begins: false, because: [joint], seam: true }
  return { begins: endsSentence(trail), because: [], seam: false }
}

function behindStop(stop: number | undefined): Place | undefined {
  return stop === undefined ? undefined : { begins: true, because: [stop], seam: false }
}

/** Behind a mark that was set, or a word that was taken away. */
function behindEdit(edit: number, { trail }: Token, place: Place, { marks }: Boundaries): Place {
  const mark = marks.get(edit)
  if (mark?.ends === true) return { begins: true, because: [edit], seam: false }
  if (mark !== undefined && mark.glue !== 'after') return { begins: false, because: [edit], seam: true }
  if (mark === undefined && endsSentence(trail)) return { begins: true, because: [], seam: false }
  // Many words may be gone in a row, so the list grows in place.
  place.because.push(edit)
  return mark === undefined ? place : { ...place, seam: true }
}

interface Forms {
  readonly small: ReadonlySet<string>
  readonly capitalised: ReadonlySet<string>
}

/** How the model writes a word where no rule gives it a capital: in the middle of a sentence of one segment. */
function seenForms(draft: Draft): Forms {
  const small = new Set<string>()
  const capitalised = new Set<string>()
  for (const [at, { core, word, firstOfLine }] of draft.tokens.entries()) {
    if (/^\p{Ll}/u.test(core)) small.add(word)
    const inside =
      at > 0 && !firstOfLine && draft.claim(at - 1) === undefined && !endsSentence(draft.token(at - 1).trail)
    if (inside && /^\p{Lu}/u.test(core)) capitalised.add(word)
  }
  return { small, capitalised }
}

interface Habits {
  readonly script: Script
  readonly forms: Forms
}

function recase(draft: Draft, at: number, place: Place, habits: Habits): void {
  const token = draft.token(at)
  const claim = draft.claim(at)
  if (token.language === undefined) return
  if (claim === undefined) {
    const { coreStart: start, coreEnd: end, core } = token
    const bare = habits.script.plain ? plainForm(token, habits.script) : core
    put(draft, { start, end, text: core, bare, below: [] }, wanted(token, bare, place, habits), place.because)
    return
  }
  // The user's own words begin a sentence like any others.
  const own = claim.edit === undefined ? undefined : draft.edit(claim.edit)
  if (claim.edit === undefined || own?.kind !== 'replacement') return
  const { start, end, replacement: text } = own
  const span = { start, end, text, bare: text, below: [claim.edit] }
  put(draft, span, wanted(token, text, place, habits), place.because)
}

interface Span {
  readonly start: number
  readonly end: number
  readonly text: string
  /** What it would be whatever stands before it. */
  readonly bare: string
  /** The edit of the same range that this one rests on. */
  readonly below: readonly number[]
}

/** What holds whatever becomes of the edits before is an edit of its own, below the one that rests on them. */
function put(draft: Draft, span: Span, cased: string, because: readonly number[]): void {
  const { start, end, text, bare, below } = span
  const add = (replacement: string, reasons: readonly number[]): number =>
    draft.add({ kind: 'casing', start, end, replacement, because: reasons })
  if (cased === text) return
  if (cased === bare) add(bare, below)
  else if (bare === text || because.length === 0) add(cased, [...below, ...because])
  else add(cased, [...because, add(bare, below)])
}

/** A word of a model without case, as it is written in mid-sentence. */
function plainForm({ core, word, fired, language }: Token, { capitals }: Script): string {
  if (fired && !capitals) return core
  return language?.written.get(word) ?? (capitals ? core.toLowerCase() : core)
}

function wanted(
  token: Token,
  text: string,
  { begins, because, seam }: Place,
  { script, forms }: Habits,
): string {
  const first = /^\p{L}/u.exec(text)?.[0] ?? ''
  const rest = text.slice(first.length)
  // iPhone, McDonald, NASA: whoever writes so means it.
  if (first === '' || /\p{Lu}/u.test(rest)) return text
  if (begins) return script.plain || because.length > 0 ? first.toUpperCase() + rest : text
  return seam && !script.plain && !isName(token, forms) ? first.toLowerCase() + rest : text
}

/** Without a sign that it is none, a word with a capital is a name. */
function isName({ word, language }: Token, { capitalised, small }: Forms): boolean {
  if (language?.written.has(word) === true || capitalised.has(word)) return true
  return language?.common.has(word) !== true && !small.has(word)
}
