/** The `electron` module as the app's main process gets it. */
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { desktop } from './desktop/index.ts'
import { ipcMain } from './ipc-main.ts'
import { strict } from './not-in-host.ts'
import { MessageChannelMain } from './ports.ts'
import { protocol } from './protocol.ts'
import { session } from './session.ts'
import { utilityProcess } from './utility-process.ts'
import { webContents } from './web-contents.ts'

for (const [name, part] of Object.entries(desktop)) {
  // A menu item is a record with many members that are there only sometimes.
  if (typeof part === 'function' && name !== 'MenuItem') strict(part.prototype as object, `${name}#`)
  strict(part as object, name)
}

const electron = strict(
  {
    app,
    BrowserWindow,
    ipcMain,
    MessageChannelMain,
    protocol,
    session,
    utilityProcess,
    webContents,
    ...desktop,
  },
  '',
)

export { app, BrowserWindow, ipcMain, MessageChannelMain, protocol, session, utilityProcess, webContents }
export const {
  clipboard,
  ClipboardItem,
  crashReporter,
  dialog,
  globalShortcut,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  screen,
  shell,
  systemPreferences,
  Tray,
} = desktop
// What `import electron` and `require('electron')` give.
export { electron as default, electron as 'module.exports' }
