import { afterEach, describe, expect, it } from 'vitest'
import { Menu } from '../../../host/main-shim/desktop/menu.ts'
import { MenuItem } from '../../../host/main-shim/desktop/menu-item.ts'
import { windowList } from '../../../host/main-shim/window-list.ts'

afterEach(() => {
  Menu.setApplicationMenu(null)
})

const labels = (menu: Menu): string[] =>
  menu.items.map(({ label, type }) => (type === 'separator' ? '-' : label))

describe('Menu.buildFromTemplate', () => {
  it.each<[string, unknown, string]>([
    ['no list', {}, 'Invalid template for Menu: Menu template must be an array'],
    ['an empty item', [{}], 'must have at least one of label, role or type'],
    ['null', [null], 'must have at least one of label, role or type'],
    ['a type without a label', [{ type: 'checkbox' }], 'must have at least one of label, role or type'],
    [
      'a bad item in a submenu',
      [{ label: 'a', submenu: [{}] }],
      'must have at least one of label, role or type',
    ],
    ['a submenu that is not there', [{ label: 'a', type: 'submenu' }], 'Invalid submenu'],
    ['an unknown type', [{ label: 'a', type: 'slider' }], 'Unknown menu item type: slider'],
    ['an ordering', [{ label: 'a', before: ['b'] }], 'NotInHost'],
  ])('refuses %s', (_, template, message) => {
    expect(() => Menu.buildFromTemplate(template as never)).toThrow(message)
  })

  it('folds separators and takes them from the edges, as long as they are visible', () => {
    const [line, hidden] = [{ type: 'separator' as const }, { type: 'separator' as const, visible: false }]
    const menu = Menu.buildFromTemplate([
      line,
      line,
      { label: 'a' },
      line,
      line,
      { label: 'b' },
      hidden,
      line,
    ])
    expect(labels(menu)).toEqual(['a', '-', 'b', '-'])
  })

  it('keeps what it does not know and gives the rest its defaults', () => {
    const [item] = Menu.buildFromTemplate([{ label: 'a', own: 7 } as never]).items
    expect(item).toMatchObject({
      own: 7,
      type: 'normal',
      enabled: true,
      visible: true,
      checked: false,
      accelerator: null,
    })
    expect(item?.id).toBeUndefined()
  })
})

describe('MenuItem', () => {
  it('calls its handler with itself, after flipping the mark of a checkbox', () => {
    const heard: unknown[] = []
    const item = new MenuItem({
      label: 'a',
      type: 'checkbox',
      click: (clicked, window, event) =>
        heard.push(clicked === (item as unknown), clicked.checked, window, event),
    })
    item.click({ ctrlKey: true })
    item.click()
    expect(heard).toEqual([true, true, undefined, { ctrlKey: true }, true, false, undefined, {}])
  })

  it('cannot be made another kind of item later', () => {
    const item = new MenuItem({ role: 'copy' })
    expect(() => {
      Object.assign(item, { type: 'radio' })
    }).toThrow(TypeError)
    Object.assign(item, { label: 'Kopieren', enabled: false })
    expect(item).toMatchObject({ label: 'Kopieren', enabled: false, type: 'normal' })
  })

  it.each([
    ['copy', 'Copy', 'CommandOrControl+C', false],
    ['quit', process.platform === 'win32' ? 'Exit' : 'Quit', 'CommandOrControl+Q', true],
    ['minimize', 'Minimize', 'CommandOrControl+M', true],
  ] as const)('of role %s has the label %s', (role, label, accelerator, registerAccelerator) => {
    expect(new MenuItem({ role })).toMatchObject({ role, label, accelerator, registerAccelerator })
  })

  it('of a role may have its own label, handler unused, and in any case', () => {
    const item = new MenuItem({ role: 'pasteAndMatchStyle', label: 'Own' })
    expect([item.role, item.label]).toEqual(['pasteandmatchstyle', 'Own'])
  })

  it('of the role of a menu has the submenu of that role', () => {
    const { submenu } = new MenuItem({ role: 'editMenu' })
    expect(submenu?.items.slice(0, 2).map(({ role }) => role)).toEqual(['undo', 'redo'])
  })

  it('says what the host does not do', () => {
    expect(() => new MenuItem({ role: 'toggleSpellChecker' })).toThrow('NotInHost')
    expect(() => {
      new MenuItem({ role: 'about' }).click()
    }).toThrow('NotInHost')
  })
})

describe('radio items', () => {
  const radio = (label: string, checked = false): object => ({ label, type: 'radio', checked })
  const marks = (menu: Menu): boolean[] => menu.items.map(({ checked }) => checked)

  it('exclude each other between separators', () => {
    const menu = Menu.buildFromTemplate([
      radio('a', true),
      radio('b'),
      { type: 'separator' },
      radio('c', true),
      radio('d'),
    ] as never)
    menu.items[1]?.click()
    menu.items[4]?.click()
    expect(marks(menu)).toEqual([false, true, false, false, true])
    menu.items[4]?.click()
    expect(marks(menu)).toEqual([false, true, false, false, true])
  })

  it('are checked by any assignment, even of false', () => {
    const menu = Menu.buildFromTemplate([radio('a', true), radio('b')] as never)
    const [, second] = menu.items
    if (second !== undefined) second.checked = false
    expect(marks(menu)).toEqual([false, true])
  })

  it('join the group they are inserted into', () => {
    const menu = Menu.buildFromTemplate([radio('a'), radio('b', true)] as never)
    menu.insert(0, new MenuItem({ label: 'first', type: 'radio' }))
    menu.items[0]?.click()
    expect(marks(menu)).toEqual([true, false, false])
  })

  it('have one checked when the menu is shown', () => {
    const menu = Menu.buildFromTemplate([radio('a'), radio('b')] as never)
    menu.open()
    expect(marks(menu)).toEqual([true, false])
    menu.closePopup()
  })
})

describe('Menu', () => {
  it('finds items by id, its own before those of submenus', () => {
    const menu = Menu.buildFromTemplate([
      {
        label: 'sub',
        submenu: [
          { label: 'inner', id: 'x' },
          { label: 'only', id: 'y' },
        ],
      },
      { label: 'outer', id: 'x' },
    ])
    expect(menu.getMenuItemById('x')?.label).toBe('outer')
    expect(menu.getMenuItemById('y')?.label).toBe('only')
    expect(menu.getMenuItemById('z')).toBeNull()
  })

  it('refuses positions and items that cannot be', () => {
    const menu = new Menu()
    const item = new MenuItem({ label: 'a' })
    expect(() => {
      menu.insert(-1, item)
    }).toThrow(RangeError)
    expect(() => {
      menu.insert(1, item)
    }).toThrow(RangeError)
    expect(() => {
      menu.append({ label: 'a' } as never)
    }).toThrow(new TypeError('Invalid item'))
    menu.append(item)
    expect(item.menu).toBe(menu)
  })

  it('is the one of the application that was set', () => {
    const menu = new Menu()
    Menu.setApplicationMenu(menu)
    expect(Menu.getApplicationMenu()).toBe(menu)
    expect(() => {
      Menu.setApplicationMenu({} as never)
    }).toThrow(new TypeError('Invalid menu'))
  })

  it('pops up only where there is a window, and says when it opens and closes', () => {
    const menu = Menu.buildFromTemplate([{ label: 'a' }])
    const heard: string[] = []
    menu.on('menu-will-show', () => heard.push('show')).on('menu-will-close', () => heard.push('close'))
    const options = { callback: () => heard.push('callback') }
    expect(() => {
      menu.popup(options)
    }).toThrow('Cannot open Menu without a BaseWindow present')
    const window = { id: 1 } as never
    windowList.add(window)
    menu.popup(options)
    menu.closePopup()
    menu.closePopup()
    windowList.remove(window)
    expect(heard).toEqual(['show', 'close', 'callback'])
  })
})
