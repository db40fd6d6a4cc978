/** What the user is told besides the outcome of a dictation, until it is read. The same words are told once. */
import type { Notice } from '../shared/dictation.ts'

export type Tell = (level: Notice['level'], text: string, hint: string | undefined) => void

/** More than these nobody reads; the oldest go. */
const KEPT = 5

export class Notices {
  readonly #changed: (notices: readonly Notice[]) => void
  #notices: readonly Notice[] = []
  #lastId = 0

  constructor(changed: (notices: readonly Notice[]) => void) {
    this.#changed = changed
  }

  readonly tell: Tell = (level, text, hint) => {
    const others = this.#notices.filter((notice) => notice.text !== text)
    this.#set([...others, { id: ++this.#lastId, level, text, hint }].slice(-KEPT))
  }

  dismiss(id: number): void {
    this.#set(this.#notices.filter((notice) => notice.id !== id))
  }

  /** It is not so any more. */
  withdraw(text: string): void {
    this.#set(this.#notices.filter((notice) => notice.text !== text))
  }

  #set(notices: readonly Notice[]): void {
    this.#notices = notices
    this.#changed(notices)
  }
}
