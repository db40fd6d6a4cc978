/** All living webContents. */
import type { WebContents } from './web-contents.ts'

const contents = new Map<number, WebContents>()
let focused: () => WebContents | null = () => null

export const contentsList = {
  add(one: WebContents): void {
    contents.set(one.id, one)
  },

  remove(one: WebContents): void {
    contents.delete(one.id)
  },

  all(): WebContents[] {
    return [...contents.values()]
  },

  focused(): WebContents | null {
    return focused()
  },

  /** Windows have the focus; they tell which page has it with them. */
  onFocused(ask: () => WebContents | null): void {
    focused = ask
  },
}
