/**
 * The members of the `electron` module that the app may use: what the test host stands in for. Whatever is not here
 * throws `NotInHost`, so that nothing can pass on the host that was never checked against Electron's typings.
 */
import * as desktop from './contract-desktop.ts'
import * as windows from './contract-windows.ts'

/** Methods and properties of Node's EventEmitter, wherever an Electron object is one. */
const EMITTER = [
  'on',
  'once',
  'off',
  'emit',
  'addListener',
  'removeListener',
  'removeAllListeners',
  'listeners',
  'listenerCount',
] as const

/** `name`: what the module exports under it; `name#`: what an instance of it has. */
export const CONTRACT: Readonly<Record<string, readonly string[]>> = {
  app: [...windows.APP, ...EMITTER],
  'app.commandLine': windows.COMMAND_LINE,
  BrowserWindow: windows.BROWSER_WINDOW_STATICS,
  'BrowserWindow#': [...windows.BROWSER_WINDOW, ...EMITTER],
  webContents: windows.WEB_CONTENTS_STATICS,
  'webContents#': [...windows.WEB_CONTENTS, ...EMITTER],
  'webFrameMain#': windows.WEB_FRAME_MAIN,
  ipcMain: [...windows.IPC_MAIN, ...EMITTER],
  protocol: windows.PROTOCOL,
  session: ['defaultSession'],
  'session#': windows.SESSION,
  MessageChannelMain: [],
  'MessageChannelMain#': ['port1', 'port2'],
  'MessagePortMain#': [...windows.MESSAGE_PORT, ...EMITTER],
  utilityProcess: ['fork'],
  'utilityProcess#': [...windows.UTILITY_PROCESS, ...EMITTER],
  clipboard: desktop.CLIPBOARD,
  ClipboardItem: [],
  'ClipboardItem#': desktop.CLIPBOARD_ITEM,
  crashReporter: desktop.CRASH_REPORTER,
  dialog: desktop.DIALOG,
  globalShortcut: desktop.GLOBAL_SHORTCUT,
  Menu: desktop.MENU_STATICS,
  'Menu#': [...desktop.MENU, ...EMITTER],
  MenuItem: [],
  'MenuItem#': desktop.MENU_ITEM,
  net: desktop.NET,
  nativeImage: desktop.NATIVE_IMAGE_STATICS,
  'nativeImage#': desktop.NATIVE_IMAGE,
  nativeTheme: [...desktop.NATIVE_THEME, ...EMITTER],
  Notification: ['isSupported'],
  'Notification#': [...desktop.NOTIFICATION, ...EMITTER],
  powerMonitor: [...desktop.POWER_MONITOR, ...EMITTER],
  screen: [...desktop.SCREEN, ...EMITTER],
  shell: desktop.SHELL,
  systemPreferences: desktop.SYSTEM_PREFERENCES,
  Tray: [],
  'Tray#': [...desktop.TRAY, ...EMITTER],
}

/** What a sandboxed preload gets. */
export const PRELOAD_CONTRACT: Readonly<Record<string, readonly string[]>> = {
  contextBridge: ['exposeInMainWorld'],
  ipcRenderer: [
    'invoke',
    'send',
    'postMessage',
    'on',
    'once',
    'off',
    'addListener',
    'removeListener',
    'removeAllListeners',
    'listenerCount',
  ],
}

/** Events the host really emits; listening for any other throws `NotInHost` instead of waiting for ever. */
export const EVENTS: Readonly<Record<string, readonly string[]>> = {
  app: [
    'ready',
    'before-quit',
    'will-quit',
    'quit',
    'window-all-closed',
    'activate',
    'second-instance',
    'web-contents-created',
    'browser-window-created',
    'browser-window-focus',
    'browser-window-blur',
    'child-process-gone',
    'render-process-gone',
  ],
  'BrowserWindow#': [
    'close',
    'closed',
    'ready-to-show',
    'show',
    'hide',
    'focus',
    'blur',
    'minimize',
    'restore',
    'move',
    'resize',
    'always-on-top-changed',
    'page-title-updated',
  ],
  'webContents#': [
    'did-start-loading',
    'did-stop-loading',
    'did-finish-load',
    'did-fail-load',
    'did-navigate',
    'dom-ready',
    'will-navigate',
    'page-title-updated',
    'render-process-gone',
    'preload-error',
    'destroyed',
    'console-message',
  ],
  ...desktop.DESKTOP_EVENTS,
}
