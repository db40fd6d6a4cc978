/** Opening Steno with the session: the system's own list on macOS and Windows, an XDG autostart file on Linux. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { app } from 'electron'
import { textOf } from '../../shared/errors.ts'
import type { Tell } from '../notices.ts'

/** Started by the session, not by a person: no window is shown. */
export const HIDDEN_FLAG = '--hidden'

/** Where that fails, it is told. */
export function setAutostart(on: boolean, tell: Tell): void {
  try {
    if (process.platform === 'linux') setXdgAutostart(on)
    else app.setLoginItemSettings({ openAtLogin: on, args: [HIDDEN_FLAG] })
  } catch (error) {
    tell('error', 'Steno could not be set to open with the session.', textOf(error))
  }
}

function setXdgAutostart(on: boolean): void {
  const config = process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')
  const file = join(config, 'autostart', 'steno.desktop')
  if (!on) {
    rmSync(file, { force: true })
    return
  }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, desktopEntry(commandLine()))
}

/** A packaged Steno is one program; a working copy is Electron and a folder. */
function commandLine(): string[] {
  return [process.execPath, ...(app.isPackaged ? [] : [app.getAppPath()]), HIDDEN_FLAG]
}

/** The freedesktop.org Desktop Entry Specification, "The Exec key": arguments in double quotes, four signs escaped. */
export function desktopEntry(command: readonly string[]): string {
  const exec = command.map((part) => `"${part.replace(/["`$\\]/g, '\\$&')}"`).join(' ')
  return `[Desktop Entry]\nType=Application\nName=Steno\nExec=${exec}\nX-GNOME-Autostart-enabled=true\n`
}
