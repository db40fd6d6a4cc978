/** Where the app keeps its models: in its folder of user data, as Electron names it on each system. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

const APP = 'steno'

/** @param env of the process. */
export function modelsFolder(platform = process.platform, env = process.env, home = homedir()): string {
  return join(userData(platform, env, home), APP, 'models')
}

function userData(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'win32') return env['APPDATA'] ?? join(home, 'AppData', 'Roaming')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  return env['XDG_CONFIG_HOME'] ?? join(home, '.config')
}
