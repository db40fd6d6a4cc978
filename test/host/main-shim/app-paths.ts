/** `app.getPath`: the folders of the user and of the app, as Electron finds them on Linux (XDG) and elsewhere. */
import { mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import process from 'node:process'
import type Electron from 'electron'

type PathName = Parameters<Electron.App['getPath']>[0]

export class AppPaths {
  readonly #set = new Map<string, string>()
  readonly #appName: () => string
  readonly #executable: () => string

  constructor(appName: () => string, executable: () => string) {
    this.#appName = appName
    this.#executable = executable
  }

  /** Throws on a name Electron does not know. */
  get(name: PathName): string {
    const path = this.#set.get(name) ?? this.#standard(name)
    if (path === undefined) throw new Error(`Failed to get '${name}' path`)
    return path
  }

  /** The folder is made when it is not there yet, as Electron does. */
  set(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute')
    if (this.#standard(name) === undefined) throw new Error(`Failed to set path`)
    mkdirSync(path, { recursive: true })
    this.#set.set(name, path)
  }

  #standard(name: string): string | undefined {
    const home = homedir()
    switch (name) {
      case 'home':
        return home
      case 'appData':
        return appDataFolder(home)
      case 'userData':
        return join(this.get('appData'), this.#appName())
      case 'sessionData':
        return this.get('userData')
      case 'logs':
        return join(this.get('userData'), 'logs')
      case 'crashDumps':
        return join(this.get('userData'), 'Crashpad')
      case 'temp':
        return tmpdir()
      case 'exe':
      case 'module':
        return this.#executable()
      default: {
        const folder = USER_FOLDERS[name]
        return folder === undefined ? undefined : join(home, folder)
      }
    }
  }
}

const USER_FOLDERS: Readonly<Record<string, string>> = {
  desktop: 'Desktop',
  documents: 'Documents',
  downloads: 'Downloads',
  music: 'Music',
  pictures: 'Pictures',
  videos: 'Videos',
}

function appDataFolder(home: string): string {
  if (process.platform === 'darwin') return join(home, 'Library/Application Support')
  if (process.platform === 'win32') return process.env['APPDATA'] ?? join(home, 'AppData/Roaming')
  return process.env['XDG_CONFIG_HOME'] ?? join(home, '.config')
}
