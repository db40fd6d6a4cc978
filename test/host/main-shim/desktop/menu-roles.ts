/**
 * What a role gives a menu item, from electron/lib/browser/api/menu-item-roles.ts. Of what roles do the host does what
 * concerns the app and its windows; clicking one that edits or zooms a page throws NotInHost.
 */
import process from 'node:process'
import type Electron from 'electron'
import type { BrowserWindow } from '../browser-window.ts'
import { quit } from '../lifecycle.ts'
import { NotInHost } from '../not-in-host.ts'

export interface Role {
  readonly label: string
  readonly accelerator?: string
  readonly submenu?: readonly Electron.MenuItemConstructorOptions[]
  readonly registersAccelerator?: boolean
  readonly app?: () => void
  readonly window?: (window: BrowserWindow) => void
}

const isMac = process.platform === 'darwin'
const isWindows = process.platform === 'win32'
const separator = { type: 'separator' } as const

/** The commands are those of the system there, and a page's own keys do the same. */
const editing = { registersAccelerator: false, window: notInHost }

const ROLES: Readonly<Record<string, Role>> = {
  about: { label: 'About', app: notInHost },
  close: {
    label: isMac ? 'Close Window' : 'Close',
    accelerator: 'CommandOrControl+W',
    window: (window) => {
      window.close()
    },
  },
  minimize: {
    label: 'Minimize',
    accelerator: 'CommandOrControl+M',
    window: (window) => {
      window.minimize()
    },
  },
  quit: {
    label: isWindows ? 'Exit' : 'Quit',
    ...(isWindows ? {} : { accelerator: 'CommandOrControl+Q' }),
    app: quit,
  },
  reload: { label: 'Reload', accelerator: 'CmdOrCtrl+R', window: reload },
  forcereload: { label: 'Force Reload', accelerator: 'Shift+CmdOrCtrl+R', window: reload },
  toggledevtools: {
    label: 'Toggle Developer Tools',
    accelerator: isMac ? 'Alt+Command+I' : 'Ctrl+Shift+I',
    window: notInHost,
  },
  togglefullscreen: {
    label: 'Toggle Full Screen',
    accelerator: isMac ? 'Control+Command+F' : 'F11',
    window: notInHost,
  },
  undo: { label: 'Undo', accelerator: 'CommandOrControl+Z', window: notInHost },
  redo: {
    label: 'Redo',
    accelerator: isWindows ? 'Control+Y' : 'Shift+CommandOrControl+Z',
    window: notInHost,
  },
  cut: { label: 'Cut', accelerator: 'CommandOrControl+X', ...editing },
  copy: { label: 'Copy', accelerator: 'CommandOrControl+C', ...editing },
  paste: { label: 'Paste', accelerator: 'CommandOrControl+V', ...editing },
  pasteandmatchstyle: {
    label: 'Paste and Match Style',
    accelerator: isMac ? 'Cmd+Option+Shift+V' : 'Shift+CommandOrControl+V',
    ...editing,
  },
  delete: { label: 'Delete', window: notInHost },
  selectall: { label: 'Select All', accelerator: 'CommandOrControl+A', window: notInHost },
  resetzoom: { label: 'Actual Size', accelerator: 'CommandOrControl+0', window: notInHost },
  zoomin: { label: 'Zoom In', accelerator: 'CommandOrControl+Plus', window: notInHost },
  zoomout: { label: 'Zoom Out', accelerator: 'CommandOrControl+-', window: notInHost },
  help: { label: 'Help' },
  window: { label: 'Window' },
  services: { label: 'Services' },
  hide: { label: 'Hide', accelerator: 'Command+H' },
  hideothers: { label: 'Hide Others', accelerator: 'Command+Alt+H' },
  unhide: { label: 'Show All' },
  front: { label: 'Bring All to Front' },
  zoom: { label: 'Zoom' },
  appmenu: {
    label: 'App',
    submenu: [
      { role: 'about' },
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  },
  filemenu: { label: 'File', submenu: [{ role: isMac ? 'close' : 'quit' }] },
  editmenu: {
    label: 'Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      ...(isMac
        ? [
            { role: 'pasteAndMatchStyle' } as const,
            { role: 'delete' } as const,
            { role: 'selectAll' } as const,
          ]
        : [{ role: 'delete' } as const, separator, { role: 'selectAll' } as const]),
    ],
  },
  viewmenu: {
    label: 'View',
    submenu: [
      { role: 'reload' },
      { role: 'forceReload' },
      { role: 'toggleDevTools' },
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
    ],
  },
  windowmenu: {
    label: 'Window',
    submenu: [{ role: 'minimize' }, { role: 'zoom' }, ...(isMac ? [separator, { role: 'front' } as const] : [{ role: 'close' } as const])], // prettier-ignore
  },
}

/** By the name in any case. A role of Electron's that is not listed throws NotInHost; undefined for no role. */
export function roleOf(name: string | undefined): Role | undefined {
  if (name === undefined) return undefined
  const role = ROLES[name.toLowerCase()]
  if (role === undefined) throw new NotInHost(`MenuItem of role ${name}`)
  return role
}

/** False when it is no role that does something, and the item's own `click` is to be called. */
export function executeRole(role: Role | undefined, window: BrowserWindow | undefined): boolean {
  if (role?.app !== undefined) {
    role.app()
    return true
  }
  if (role?.window === undefined || window === undefined) return false
  role.window(window)
  return true
}

function reload(window: BrowserWindow): void {
  window.webContents.reload()
}

function notInHost(): never {
  throw new NotInHost('MenuItem.click of a role that acts on the page or the system')
}
