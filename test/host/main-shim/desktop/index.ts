/** The parts of `electron` that are models of the desktop, under the names the module exports them by. */
import type Electron from 'electron'
import { ClipboardItem } from './clipboard-item.ts'
import { clipboard } from './clipboard.ts'
import { crashReporter } from './crash-reporter.ts'
import { dialog } from './dialog.ts'
import { globalShortcut } from './global-shortcut.ts'
import { MenuItem } from './menu-item.ts'
import { Menu } from './menu.ts'
import { NativeImage } from './native-image.ts'
import { nativeTheme } from './native-theme.ts'
import { net } from './net.ts'
import { Notification } from './notification.ts'
import { powerMonitor } from './power-monitor.ts'
import { screen } from './screen.ts'
import { shell } from './shell.ts'
import { systemPreferences } from './system-preferences.ts'
import { Tray } from './tray.ts'

export { installHooks } from './hooks.ts'

export const desktop = {
  clipboard,
  ClipboardItem,
  crashReporter,
  dialog,
  globalShortcut,
  Menu,
  MenuItem,
  nativeImage: NativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  screen,
  shell,
  systemPreferences,
  Tray,
} satisfies Partial<Record<keyof typeof Electron, unknown>>
