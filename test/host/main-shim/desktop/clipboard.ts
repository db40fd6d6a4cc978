/** `electron.clipboard` of Electron 44 and later: everything but `clear` is a promise. Holds what the app put there. */
import process from 'node:process'
import type Electron from 'electron'
import { ClipboardItem, type Content } from './clipboard-item.ts'

const TEXT = 'text/plain'

class Clipboard implements Omit<Electron.Clipboard, 'read' | 'write' | 'selection'> {
  #contents: ReadonlyMap<string, Content> = new Map()

  clear(): void {
    this.#contents = new Map()
  }

  has(mimetype: string): Promise<boolean> {
    return Promise.resolve(this.#contents.has(mimetype))
  }

  read(): Promise<ClipboardItem[]> {
    return Promise.resolve(
      this.#contents.size === 0 ? [] : [new ClipboardItem(Object.fromEntries(this.#contents))],
    )
  }

  async readText(): Promise<string> {
    const text = this.#contents.get(TEXT)
    return text instanceof Blob ? await text.text() : ''
  }

  /** All or nothing: what was there stays when one payload fails. */
  async write(data: ClipboardItem[]): Promise<void> {
    const contents = new Map<string, Content>()
    for (const item of data) {
      for (const type of item.types) contents.set(type, await item.getType(type))
    }
    this.#contents = contents
  }

  async writeText(text: string): Promise<void> {
    if (typeof text !== 'string')
      throw new TypeError('Error processing argument at index 0, conversion failure')
    await this.write([new ClipboardItem({ [TEXT]: text })])
  }
}

/** Linux has a second one, for what is selected. */
export const clipboard = Object.assign(new Clipboard(), {
  selection: process.platform === 'linux' ? new Clipboard() : undefined,
})
