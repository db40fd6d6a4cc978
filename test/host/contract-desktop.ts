/** The part of the contract (contract.ts) about the models of the desktop. */
import type Electron from 'electron'

export const CLIPBOARD = [
  'clear',
  'has',
  'read',
  'readText',
  'write',
  'writeText',
  'selection',
] as const satisfies readonly (keyof Electron.Clipboard)[]

export const CLIPBOARD_ITEM = [
  'types',
  'getType',
] as const satisfies readonly (keyof Electron.ClipboardItem)[]

export const CRASH_REPORTER = [
  'start',
  'getUploadToServer',
] as const satisfies readonly (keyof Electron.CrashReporter)[]

export const DIALOG = [
  'showOpenDialog',
  'showOpenDialogSync',
  'showSaveDialog',
  'showSaveDialogSync',
  'showMessageBox',
  'showMessageBoxSync',
  'showErrorBox',
] as const satisfies readonly (keyof Electron.Dialog)[]

export const GLOBAL_SHORTCUT = [
  'register',
  'registerAll',
  'isRegistered',
  'unregister',
  'unregisterAll',
  'setSuspended',
  'isSuspended',
] as const satisfies readonly (keyof Electron.GlobalShortcut)[]

export const MENU_STATICS = [
  'buildFromTemplate',
  'getApplicationMenu',
  'setApplicationMenu',
] as const satisfies readonly (keyof typeof Electron.Menu)[]

export const MENU = [
  'items',
  'append',
  'insert',
  'getMenuItemById',
  'popup',
  'closePopup',
] as const satisfies readonly (keyof Electron.Menu)[]

export const MENU_ITEM = [
  'id',
  'commandId',
  'label',
  'sublabel',
  'toolTip',
  'accessibilityLabel',
  'icon',
  'type',
  'role',
  'accelerator',
  'userAccelerator',
  'registerAccelerator',
  'enabled',
  'visible',
  'checked',
  'submenu',
  'menu',
  'click',
] as const satisfies readonly (keyof Electron.MenuItem)[]

export const NATIVE_IMAGE_STATICS = [
  'createEmpty',
  'createFromPath',
  'createFromBuffer',
  'createFromDataURL',
] as const satisfies readonly (keyof typeof Electron.nativeImage)[]

export const NATIVE_IMAGE = [
  'isEmpty',
  'toPNG',
  'toDataURL',
  'getSize',
  'getAspectRatio',
  'resize',
  'setTemplateImage',
  'isTemplateImage',
] as const satisfies readonly (keyof Electron.NativeImage)[]

export const NATIVE_THEME = [
  'themeSource',
  'shouldUseDarkColors',
  'shouldUseDarkColorsForSystemIntegratedUI',
  'shouldUseHighContrastColors',
  'shouldUseInvertedColorScheme',
  'shouldDifferentiateWithoutColor',
  'prefersReducedTransparency',
  'inForcedColorsMode',
] as const satisfies readonly (keyof Electron.NativeTheme)[]

export const NET = ['fetch'] as const satisfies readonly (keyof Electron.Net)[]

export const NOTIFICATION = [
  'id',
  'title',
  'subtitle',
  'body',
  'silent',
  'urgency',
  'show',
  'close',
] as const satisfies readonly (keyof Electron.Notification)[]

export const POWER_MONITOR = [
  'onBatteryPower',
  'isOnBatteryPower',
  'getSystemIdleTime',
  'getSystemIdleState',
] as const satisfies readonly (keyof Electron.PowerMonitor)[]

export const SCREEN = [
  'getAllDisplays',
  'getPrimaryDisplay',
  'getCursorScreenPoint',
  'getDisplayNearestPoint',
  'getDisplayMatching',
] as const satisfies readonly (keyof Electron.Screen)[]

export const SHELL = [
  'openExternal',
  'openPath',
  'showItemInFolder',
  'beep',
] as const satisfies readonly (keyof Electron.Shell)[]

export const SYSTEM_PREFERENCES = [
  'getMediaAccessStatus',
  'askForMediaAccess',
  'getAnimationSettings',
] as const satisfies readonly (keyof Electron.SystemPreferences)[]

export const TRAY = [
  'setImage',
  'setToolTip',
  'setTitle',
  'getTitle',
  'setContextMenu',
  'popUpContextMenu',
  'closeContextMenu',
  'getBounds',
  'destroy',
  'isDestroyed',
] as const satisfies readonly (keyof Electron.Tray)[]

/** Events of the models. */
export const DESKTOP_EVENTS: Readonly<Record<string, readonly string[]>> = {
  'Menu#': ['menu-will-show', 'menu-will-close'],
  nativeTheme: ['updated'],
  'Notification#': ['show', 'click', 'close'],
  powerMonitor: [
    'suspend',
    'resume',
    'lock-screen',
    'unlock-screen',
    'shutdown',
    'on-ac',
    'on-battery',
    'user-did-become-active',
    'user-did-resign-active',
  ],
  screen: ['display-added', 'display-removed', 'display-metrics-changed'],
  'Tray#': ['click', 'right-click'],
}
