/**
 * Decodes what a former run left unfinished, oldest first, behind everything that is dictated now: a new dictation takes
 * the worker at once, and what was being recovered is begun again when it is free.
 */
import type { DictationId } from '../../shared/dictation.ts'
import type { Log } from '../../shared/log.ts'
import type { Tell } from '../notices.ts'
import type { Custody } from './ports.ts'
import { redecode, type Redecoding } from './redecode.ts'

export interface RecoveryWorld extends Redecoding {
  readonly custody: Custody
  readonly tell: Tell
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Whether somebody dictates, or waits for a text. */
  readonly busy: () => boolean
}

/** Of the text in the notice. */
const EXCERPT_CHARACTERS = 60

export class Recovery implements Disposable {
  readonly #world: RecoveryWorld
  readonly #ended = new AbortController()
  #turn = new AbortController()
  #free = Promise.withResolvers<undefined>()

  constructor(world: RecoveryWorld) {
    this.#world = world
  }

  /** Resolves when all are decoded, or Steno ends. */
  async run(interrupted: readonly DictationId[]): Promise<void> {
    const { custody, log, tell } = this.#world
    const texts: { readonly id: DictationId; readonly text: string }[] = []
    for (const id of interrupted) {
      log('info', `dictation ${id} was interrupted: decoding it`)
      if (!(await this.#recover(id))) return
      const text = custody.writtenOf(id)?.text ?? ''
      if (text !== '') texts.push({ id, text })
    }
    if (interrupted.length === 0) return
    const [only] = texts
    if (only === undefined) {
      tell('info', 'Steno ended while you dictated; no words were found in what was recorded.', undefined)
    } else if (texts.length === 1) {
      tell(
        'info',
        `Recovered from ${this.#timeOf(only.id)}: “${excerpt(only.text)}”`,
        'Copy it from the list.',
      )
    } else {
      const hint = 'Copy them from the list.'
      tell('info', `Recovered ${texts.length} dictations, the first from ${this.#timeOf(only.id)}.`, hint)
    }
  }

  /** A new dictation begins. */
  giveWay(): void {
    this.#turn.abort()
  }

  /** Nobody dictates any more. */
  goOn(): void {
    this.#free.resolve(undefined)
    this.#free = Promise.withResolvers()
  }

  [Symbol.dispose](): void {
    this.#ended.abort()
    this.#turn.abort()
    this.goOn()
  }

  /** Whether it was sealed. */
  async #recover(id: DictationId): Promise<boolean> {
    for (;;) {
      while (this.#world.busy() && !this.#ended.signal.aborted) await this.#free.promise
      if (this.#ended.signal.aborted) return false
      this.#turn = new AbortController()
      const sealed = await redecode(this.#world, id, { deliver: false, signal: this.#turn.signal })
      if (sealed || !this.#turn.signal.aborted) return sealed
    }
  }

  #timeOf(id: DictationId): string {
    const { custody, now } = this.#world
    const row = custody.rows().find((one) => one.id === id)
    const [begun, today] = [new Date(row?.startedAt ?? now()), new Date(now())]
    const time = begun.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    return begun.toDateString() === today.toDateString() ? time : `${begun.toLocaleDateString()}, ${time}`
  }
}

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length <= EXCERPT_CHARACTERS ? line : `${line.slice(0, EXCERPT_CHARACTERS).trimEnd()} …`
}
