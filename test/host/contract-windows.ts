/** The part of the contract (contract.ts) about the app, its windows and pages, and its processes. */
import type Electron from 'electron'

export const APP = [
  'name',
  'isPackaged',
  'commandLine',
  'whenReady',
  'isReady',
  'quit',
  'exit',
  'relaunch',
  'focus',
  'getPath',
  'setPath',
  'getName',
  'setName',
  'getVersion',
  'getAppPath',
  'getLocale',
  'getAppMetrics',
  'requestSingleInstanceLock',
  'hasSingleInstanceLock',
  'releaseSingleInstanceLock',
  'enableSandbox',
  'setAppUserModelId',
  'setLoginItemSettings',
  'getLoginItemSettings',
  'dock',
] as const satisfies readonly (keyof Electron.App)[]

export const COMMAND_LINE = [
  'appendSwitch',
  'hasSwitch',
  'getSwitchValue',
] as const satisfies readonly (keyof Electron.CommandLine)[]

export const BROWSER_WINDOW = [
  'id',
  'webContents',
  'loadURL',
  'show',
  'showInactive',
  'hide',
  'close',
  'destroy',
  'isDestroyed',
  'isVisible',
  'isFocused',
  'focus',
  'blur',
  'minimize',
  'restore',
  'isMinimized',
  'setBounds',
  'getBounds',
  'setSize',
  'getSize',
  'setPosition',
  'getPosition',
  'center',
  'setAlwaysOnTop',
  'isAlwaysOnTop',
  'setVisibleOnAllWorkspaces',
  'setIgnoreMouseEvents',
  'setFocusable',
  'isFocusable',
  'setTitle',
  'getTitle',
  'setMenu',
  'removeMenu',
  'setSkipTaskbar',
] as const satisfies readonly (keyof Electron.BrowserWindow)[]

export const BROWSER_WINDOW_STATICS = [
  'getAllWindows',
  'getFocusedWindow',
  'fromWebContents',
  'fromId',
] as const satisfies readonly (keyof typeof Electron.BrowserWindow)[]

export const WEB_CONTENTS = [
  'id',
  'mainFrame',
  'session',
  'send',
  'postMessage',
  'setWindowOpenHandler',
  'getURL',
  'getTitle',
  'isDestroyed',
  'isLoading',
  'isCrashed',
  'loadURL',
  'reload',
  'close',
  'executeJavaScript',
  'forcefullyCrashRenderer',
  'getOSProcessId',
  'openDevTools',
] as const satisfies readonly (keyof Electron.WebContents)[]

export const WEB_CONTENTS_STATICS = [
  'getAllWebContents',
  'getFocusedWebContents',
  'fromId',
  'fromDevToolsTargetId',
] as const satisfies readonly (keyof typeof Electron.webContents)[]

export const WEB_FRAME_MAIN = [
  'url',
  'origin',
  'parent',
  'top',
  'detached',
  'processId',
  'frameTreeNodeId',
  'routingId',
  'send',
  'postMessage',
  'isDestroyed',
] as const satisfies readonly (keyof Electron.WebFrameMain)[]

export const IPC_MAIN = [
  'handle',
  'handleOnce',
  'removeHandler',
] as const satisfies readonly (keyof Electron.IpcMain)[]

export const PROTOCOL = [
  'registerSchemesAsPrivileged',
  'handle',
  'unhandle',
  'isProtocolHandled',
] as const satisfies readonly (keyof Electron.Protocol)[]

export const SESSION = [
  'protocol',
  'setPermissionRequestHandler',
  'setPermissionCheckHandler',
  'setDevicePermissionHandler',
  'setDisplayMediaRequestHandler',
] as const satisfies readonly (keyof Electron.Session)[]

export const MESSAGE_PORT = [
  'start',
  'close',
  'postMessage',
] as const satisfies readonly (keyof Electron.MessagePortMain)[]

export const UTILITY_PROCESS = [
  'pid',
  'stdout',
  'stderr',
  'kill',
  'postMessage',
] as const satisfies readonly (keyof Electron.UtilityProcess)[]
