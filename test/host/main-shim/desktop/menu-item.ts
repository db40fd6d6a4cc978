/** `electron.MenuItem`, after electron/lib/browser/api/menu-item.ts. */
import type Electron from 'electron'
import { windowFocus } from '../window-focus.ts'
import { Menu } from './menu.ts'
import { executeRole, type Role, roleOf } from './menu-roles.ts'

type Options = Electron.MenuItemConstructorOptions
type Type = NonNullable<Options['type']>

const TYPES: readonly unknown[] = ['normal', 'separator', 'submenu', 'checkbox', 'radio', 'header', 'palette']

/** Assigning to them throws in strict code, as on Electron. */
const READ_ONLY = ['type', 'role', 'accelerator', 'submenu', 'commandId']

let lastCommandId = 0

type Unlike = 'badge' | 'icon' | 'id' | 'menu' | 'role' | 'sharingItem' | 'submenu'

export class MenuItem implements Omit<Electron.MenuItem, Unlike> {
  /** In lower case. */
  readonly role: string | null
  readonly submenu: Menu | null
  readonly type: Type
  readonly accelerator: string | null
  readonly registerAccelerator: boolean
  readonly commandId = ++lastCommandId
  /** Only macOS lets people change accelerators. */
  readonly userAccelerator = null
  id: string | undefined
  menu: Menu | undefined
  icon: Options['icon'] | null = null
  label = ''
  sublabel = ''
  toolTip = ''
  accessibilityLabel = ''
  enabled = true
  visible = true
  acceleratorWorksWhenHidden = true
  /** The item's own; that of the options is called in the end, unless a role takes its place. */
  readonly click: (event?: Electron.KeyboardEvent, window?: Electron.BaseWindow) => void
  #checked = false
  #group: MenuItem[] | undefined

  /** Throws on an unknown type, and on type `submenu` without one. */
  constructor(options: Options) {
    const role = roleOf(options.role)
    const { click, role: _role, submenu: _submenu, type: _type, checked = false, ...plain } = options
    const submenu = submenuOf(options, role)
    this.role = options.role?.toLowerCase() ?? null
    this.submenu = submenu ?? null
    this.type = typeOf(options, submenu)
    this.accelerator = role?.accelerator ?? null
    this.registerAccelerator = role?.registersAccelerator ?? true
    this.label = role?.label ?? ''
    this.#checked = checked
    Object.assign(this, withoutUndefined(plain))
    for (const name of READ_ONLY) Object.defineProperty(this, name, { writable: false })
    this.click = (event = {}, window) => {
      if (this.type === 'checkbox' || this.type === 'radio') this.checked = !this.checked
      if (executeRole(role, windowFocus.current()) || click === undefined) return
      Reflect.apply(click, undefined, [this, window, event])
    }
  }

  get checked(): boolean {
    return this.#checked
  }

  /** Whatever is assigned to a radio item in a menu, it is then the checked one of its group. */
  set checked(checked: boolean) {
    for (const other of this.#group ?? []) other.#checked = false
    this.#checked = this.#group === undefined ? checked : true
  }

  static groupOf(item: MenuItem): MenuItem[] | undefined {
    return item.#group
  }

  static join(item: MenuItem, group: MenuItem[]): void {
    item.#group = group
    group.push(item)
  }

  /** A group that is shown has one checked item: the first, where the app checked none. */
  static checkOneOf(group: readonly MenuItem[]): void {
    const [first] = group
    if (first !== undefined && group.every((item) => !item.#checked)) first.#checked = true
  }
}

function submenuOf({ submenu }: Options, role: Role | undefined): Menu | undefined {
  const given: unknown = submenu ?? role?.submenu
  if (given === undefined || given instanceof Menu) return given
  return Menu.buildFromTemplate(given as Options[])
}

function typeOf({ type }: Options, submenu: Menu | undefined): Type {
  const own = type ?? (submenu === undefined ? 'normal' : 'submenu')
  if (own === 'submenu' && submenu === undefined) throw new Error('Invalid submenu')
  if (!TYPES.includes(own)) throw new Error(`Unknown menu item type: ${own}`)
  return own
}

function withoutUndefined(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
