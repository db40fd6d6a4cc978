/** What a BrowserWindow may be made with. Options that the host cannot honour throw instead of being overlooked. */
import type Electron from 'electron'
import { NotInHost } from './not-in-host.ts'

/** Honoured, or of no consequence where no window manager draws the window. */
const OPTIONS = new Set([
  'show',
  'width',
  'height',
  'x',
  'y',
  'minWidth',
  'minHeight',
  'maxWidth',
  'maxHeight',
  'useContentSize',
  'center',
  'title',
  'icon',
  'backgroundColor',
  'alwaysOnTop',
  'focusable',
  'acceptFirstMouse',
  'frame',
  'transparent',
  'hasShadow',
  'thickFrame',
  'roundedCorners',
  'type',
  'titleBarStyle',
  'skipTaskbar',
  'autoHideMenuBar',
  'resizable',
  'movable',
  'minimizable',
  'maximizable',
  'closable',
  'fullscreenable',
  'paintWhenInitiallyHidden',
  'webPreferences',
])

/** Preferences with the only value the host can stand in for; undefined: any value. */
const PREFERENCES: Readonly<Record<string, unknown>> = {
  preload: undefined,
  backgroundThrottling: undefined,
  spellcheck: undefined,
  devTools: undefined,
  disableDialogs: undefined,
  autoplayPolicy: 'no-user-gesture-required',
  sandbox: true,
  contextIsolation: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  safeDialogs: undefined,
}

/** Throws NotInHost on an option or a preference outside of these. */
export function checkOptions(options: Electron.BrowserWindowConstructorOptions): void {
  for (const name of Object.keys(options)) {
    if (!OPTIONS.has(name)) throw new NotInHost(`BrowserWindow({ ${name} })`)
  }
  for (const [name, value] of Object.entries(options.webPreferences ?? {})) {
    if (value === undefined) continue
    const allowed = PREFERENCES[name]
    if (!(name in PREFERENCES) || (allowed !== undefined && value !== allowed)) {
      throw new NotInHost(`BrowserWindow({ webPreferences: { ${name}: ${String(value)} } })`)
    }
  }
}
