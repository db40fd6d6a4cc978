/** `electron.Menu`, after electron/lib/browser/api/menu.ts. */
import type Electron from 'electron'
import { hostEvent } from '../host-event.ts'
import { StrictEmitter } from '../not-in-host.ts'
import { windowFocus } from '../window-focus.ts'
import { windowList } from '../window-list.ts'
import { MenuItem } from './menu-item.ts'
import { checkTemplate, withoutExtraSeparators } from './menu-template.ts'

type Template = (Electron.MenuItemConstructorOptions | MenuItem)[]
type Unlike = keyof NodeJS.EventEmitter | 'append' | 'getMenuItemById' | 'insert' | 'items'

let applicationMenu: Menu | null = null

export class Menu extends StrictEmitter implements Omit<Electron.Menu, Unlike> {
  /** Those on the screen. */
  static readonly opened = new Set<Menu>()
  readonly items: MenuItem[] = []
  #whenClosed: (() => void) | undefined

  constructor() {
    super('Menu#')
  }

  static buildFromTemplate(template: Template): Menu {
    checkTemplate(template)
    const menu = new Menu()
    for (const item of withoutExtraSeparators(template)) {
      menu.append(item instanceof MenuItem ? item : new MenuItem(item))
    }
    return menu
  }

  /** Null unless the app set one; Electron has a default menu there. */
  static getApplicationMenu(): Menu | null {
    return applicationMenu
  }

  static setApplicationMenu(menu: Menu | null): void {
    if (menu !== null && !(menu instanceof Menu)) throw new TypeError('Invalid menu')
    applicationMenu = menu
  }

  append(menuItem: MenuItem): void {
    this.insert(this.items.length, menuItem)
  }

  insert(pos: number, menuItem: MenuItem): void {
    if (!(menuItem instanceof MenuItem)) throw new TypeError('Invalid item')
    if (pos < 0) throw new RangeError(`Position ${pos} cannot be less than 0`)
    if (pos > this.items.length) {
      throw new RangeError(`Position ${pos} cannot be greater than the total MenuItem count`)
    }
    if (menuItem.type === 'radio') MenuItem.join(menuItem, this.#groupAt(pos) ?? [])
    menuItem.menu = this
    this.items.splice(pos, 0, menuItem)
  }

  /** In submenus too. */
  getMenuItemById(id: string): MenuItem | null {
    return this.find((item) => item.id === id) ?? null
  }

  /** The first that fits, a menu's own items before those of its submenus. */
  find(fits: (item: MenuItem) => boolean): MenuItem | undefined {
    const own = this.items.find(fits)
    if (own !== undefined) return own
    for (const { submenu } of this.items) {
      const found = submenu?.find(fits)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Open until a test clicks an item of it or `closePopup` is called. */
  popup(options: Electron.PopupOptions = {}): void {
    if (windowFocus.current() === undefined && windowList.all().length === 0) {
      throw new Error('Cannot open Menu without a BaseWindow present')
    }
    this.open(options.callback)
  }

  closePopup(): void {
    const whenClosed = this.#whenClosed
    if (whenClosed === undefined) return
    this.#whenClosed = undefined
    Menu.opened.delete(this)
    this.emit('menu-will-close', hostEvent())
    whenClosed()
  }

  /** Shows the menu, wherever that is. */
  open(whenClosed: () => void = () => undefined): void {
    this.closePopup()
    for (const item of this.items) MenuItem.checkOneOf(MenuItem.groupOf(item) ?? [])
    this.#whenClosed = whenClosed
    Menu.opened.add(this)
    this.emit('menu-will-show', hostEvent())
  }

  /** Radio items belong together up to the next separator. */
  #groupAt(pos: number): MenuItem[] | undefined {
    const near = pos > 0 ? this.items.slice(0, pos).reverse() : this.items
    for (const item of near) {
      if (item.type === 'radio') return MenuItem.groupOf(item)
      if (item.type === 'separator') return undefined
    }
    return undefined
  }
}
