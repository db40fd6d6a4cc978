/** Where the app keeps what is the user's, for commands that look into it: Electron's `userData` of this system. */
import { homedir, platform } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

/** As in package.json: Electron names the folder after it. */
const NAME = 'steno'

export function userDataFolder(): string {
  if (platform() === 'win32')
    return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), NAME)
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support', NAME)
  return join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), NAME)
}
