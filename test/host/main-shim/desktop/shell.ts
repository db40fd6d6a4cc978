/** `electron.shell`: nothing leaves the app; what it wanted to open is kept for tests to read. */
import { existsSync } from 'node:fs'
import type Electron from 'electron'

/** URLs and paths, in the order they were asked for. */
export const opened: string[] = []

type Members = 'openExternal' | 'openPath' | 'showItemInFolder' | 'beep'

export const shell = {
  openExternal(url) {
    if (!URL.canParse(url)) return Promise.reject(new Error('Invalid URL'))
    opened.push(url)
    return Promise.resolve()
  },

  /** Resolves to what went wrong, and to nothing when all went well. */
  openPath(path) {
    if (!existsSync(path)) return Promise.resolve('Failed to open path')
    opened.push(path)
    return Promise.resolve('')
  },

  showItemInFolder(fullPath) {
    opened.push(fullPath)
  },

  beep() {
    // Nobody listens.
  },
} satisfies Pick<Electron.Shell, Members>
