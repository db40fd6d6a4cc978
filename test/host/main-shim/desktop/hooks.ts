/**
 * The hands of a person and the moods of a system, for tests: `globalThis.__host` in the main process. Whatever could
 * not be done on a real desktop (clicking what is not there or is disabled) throws.
 */
import type Electron from 'electron'
import { windowFocus } from '../window-focus.ts'
import { answerNextDialog, type DialogAnswer, type ShownDialog, shownDialogs } from './dialog.ts'
import { pressShortcut, takeShortcut } from './global-shortcut.ts'
import { Menu } from './menu.ts'
import type { MenuItem } from './menu-item.ts'
import { setSystemDark } from './native-theme.ts'
import { everShown, Notification, onScreen } from './notification.ts'
import { emitPower, type PowerEvent, setIdleSeconds } from './power-monitor.ts'
import { arrangeDisplays, type DisplayPlan, moveCursor } from './screen.ts'
import { opened } from './shell.ts'
import { setMicrophoneAccess } from './system-preferences.ts'
import { Tray, trays } from './tray.ts'

export interface HostHooks {
  /** False when nobody listens to these keys. */
  readonly pressShortcut: (accelerator: string) => boolean
  /** As if another app had it. */
  readonly takeShortcut: (accelerator: string) => void
  readonly clickTray: () => void
  readonly rightClickTray: () => void
  /** Tooltip, title and the labels of the menu of the only tray; undefined when there is none. */
  readonly tray: () =>
    { readonly toolTip: string; readonly title: string; readonly labels: string[] } | undefined
  /** By label or id, in an open popup, the tray's menu or the application's. */
  readonly clickMenuItem: (name: string) => void
  /** Answers wait in line; without one a dialog is cancelled. */
  readonly answerNextDialog: (answer: DialogAnswer) => void
  readonly dialogs: readonly ShownDialog[]
  readonly power: (event: PowerEvent) => boolean
  readonly setIdleSeconds: (seconds: number) => void
  readonly setDark: (dark: boolean) => void
  /** URLs and paths given to `shell`. */
  readonly opened: readonly string[]
  /** All that were ever shown. */
  readonly notifications: typeof everShown
  /** Of the newest on the screen. */
  readonly clickNotification: () => void
  readonly dismissNotification: () => void
  readonly arrangeDisplays: (plans: readonly DisplayPlan[]) => void
  readonly moveCursor: (point: Electron.Point) => void
  /** What macOS and Windows say of the microphone. */
  readonly setMicrophoneAccess: typeof setMicrophoneAccess
}

declare global {
  var __host: HostHooks
}

export const hooks: HostHooks = {
  pressShortcut,
  takeShortcut,
  clickTray: () => {
    Tray.click(theTray())
  },
  rightClickTray: () => {
    Tray.rightClick(theTray())
  },
  tray: () => {
    const [tray] = trays
    if (tray === undefined) return undefined
    const { toolTip, title, menu } = Tray.look(tray)
    return {
      toolTip,
      title,
      labels: menu?.items.filter(({ visible }) => visible).map(({ label }) => label) ?? [],
    }
  },
  clickMenuItem,
  answerNextDialog,
  dialogs: shownDialogs,
  power: emitPower,
  setIdleSeconds,
  setDark: setSystemDark,
  opened,
  notifications: everShown,
  clickNotification: () => {
    Notification.click(newestNotification())
  },
  dismissNotification: () => {
    Notification.dismiss(newestNotification())
  },
  arrangeDisplays,
  moveCursor,
  setMicrophoneAccess,
}

/** Called once, before the app's own code runs. */
export function installHooks(): void {
  globalThis.__host = hooks
}

function theTray(): Tray {
  const [tray] = trays
  if (tray === undefined) throw new Error('There is no tray icon')
  return tray
}

function newestNotification(): Notification {
  const newest = [...onScreen].at(-1)
  if (newest === undefined) throw new Error('There is no notification on the screen')
  return newest
}

function clickMenuItem(name: string): void {
  const menus = [...Menu.opened, ...[...trays].map((tray) => Tray.look(tray).menu), Menu.getApplicationMenu()]
  const fits = (item: MenuItem): boolean => item.label === name || item.id === name
  for (const menu of menus) {
    const item = menu?.find(fits)
    if (item === undefined) continue
    if (!item.visible || !item.enabled) throw new Error(`The menu item "${name}" is hidden or disabled`)
    menu?.closePopup()
    item.click({}, windowFocus.current() as never)
    return
  }
  throw new Error(`There is no menu item "${name}"`)
}
