/** The icon beside the clock. A desktop without a tray shows none and says nothing: the window is always reachable. */
import { Menu, nativeImage, nativeTheme, Tray, type MenuItemConstructorOptions } from 'electron'
import { iconFile } from '../paths.ts'
import { trayIcon, trayItems, trayTip, type TrayCommand, type TrayItem, type TraySnapshot } from './menu.ts'

export class AppTray implements Disposable {
  readonly #run: (command: TrayCommand) => void
  readonly #tray: Tray
  readonly #themeChanged = (): void => {
    this.follow(this.#snapshot)
  }
  #snapshot: TraySnapshot
  #shown = ''

  constructor(snapshot: TraySnapshot, run: (command: TrayCommand) => void) {
    this.#run = run
    this.#snapshot = snapshot
    this.#tray = new Tray(imageOf(snapshot))
    this.#tray.on('click', () => {
      run({ kind: 'show' })
    })
    nativeTheme.on('updated', this.#themeChanged)
    this.follow(snapshot)
  }

  follow(snapshot: TraySnapshot): void {
    this.#snapshot = snapshot
    // A menu is made anew with each change, and closes if it is open: only for a change that can be seen.
    const items = trayItems(snapshot)
    const shown = JSON.stringify([
      items,
      trayTip(snapshot),
      trayIcon(snapshot),
      nativeTheme.shouldUseDarkColors,
    ])
    if (shown === this.#shown) return
    this.#shown = shown
    this.#tray.setImage(imageOf(snapshot))
    this.#tray.setToolTip(trayTip(snapshot))
    this.#tray.setContextMenu(Menu.buildFromTemplate(items.map((item) => this.#entry(item))))
  }

  [Symbol.dispose](): void {
    nativeTheme.off('updated', this.#themeChanged)
    this.#tray.destroy()
  }

  #entry(item: TrayItem): MenuItemConstructorOptions {
    switch (item.kind) {
      case 'line':
        return { type: 'separator' }
      case 'submenu':
        return { label: item.label, submenu: item.items.map((inner) => this.#entry(inner)) }
      case 'item': {
        const { label, command, checked, enabled = true } = item
        const click = (): void => {
          this.#run(command)
        }
        return { label, enabled, click, ...(checked === undefined ? {} : { type: 'checkbox', checked }) }
      }
    }
  }
}

/** The menu bar of macOS tints a template itself; elsewhere the ink follows the theme. */
function imageOf(snapshot: TraySnapshot): Electron.NativeImage {
  const icon = trayIcon(snapshot)
  const template = process.platform === 'darwin' && icon !== 'listening' && icon !== 'failed'
  const ink = template || !nativeTheme.shouldUseDarkColors ? 'dark-ink' : 'light-ink'
  const image = nativeImage.createFromPath(iconFile(`tray-${icon}-${ink}`))
  if (template) image.setTemplateImage(true)
  return image
}
