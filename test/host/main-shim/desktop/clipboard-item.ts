/** `electron.ClipboardItem`: one thing in several formats. Payloads are text, Blobs or promises of either. */
import type Electron from 'electron'

const BOOKMARK = 'electron application/bookmark'

type Payload = ConstructorParameters<typeof Electron.ClipboardItem>[0][string]

/** What is in a clipboard under one format. */
export type Content = Blob | Electron.ClipboardBookmark

export class ClipboardItem implements Pick<Electron.ClipboardItem, 'types'> {
  readonly types: string[]
  readonly #items: ReadonlyMap<string, Payload>

  constructor(items: Record<string, Payload>) {
    this.#items = new Map(Object.entries(items))
    this.types = [...this.#items.keys()]
    if (this.types.length === 0) throw new TypeError('ClipboardItem must have at least one type')
  }

  /** A Blob, whatever it was made of; rejects for a type the item does not have. */
  async getType(type: string): Promise<Content> {
    const payload = await this.#items.get(type)
    if (payload === undefined) throw new TypeError(`The type '${type}' was not found`)
    if (typeof payload === 'string') return new Blob([payload], { type })
    if (payload instanceof Blob || type === BOOKMARK) return payload
    throw new TypeError(`The type '${type}' must be a string or a Blob`)
  }
}
