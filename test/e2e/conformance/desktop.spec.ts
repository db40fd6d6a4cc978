/** The desktop's parts as an app sees them: clipboard, dialogs, menus, tray, shortcuts, power, theme, screen. */
import { expect, inPage, openWindow, test } from './fixture.ts'

/** One opaque pixel. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

test.describe('clipboard', () => {
  // Source: spec/api-clipboard.spec.ts "clipboard.readText()", "clipboard.has()" (promises since 44)
  test('text is written and read through promises', async ({ app }) => {
    const story = await app.evaluate(async ({ clipboard }) => {
      const written = clipboard.writeText('千江 and\nlines')
      const isPromise = typeof written.then === 'function'
      await written
      return [isPromise, await clipboard.readText(), await clipboard.has('text/plain')]
    })
    expect(story).toEqual([true, '千江 and\nlines', true])
  })

  // Source: spec/api-clipboard.spec.ts "writes mixed data via a ClipboardItem with multiple MIME types"
  test('an item carries several formats of one thing', async ({ app }) => {
    const story = await app.evaluate(async ({ clipboard, ClipboardItem }) => {
      await clipboard.write([new ClipboardItem({ 'text/plain': 'words', 'text/html': '<b>words</b>' })])
      const [item] = await clipboard.read()
      const plain = await item?.getType('text/plain')
      return [item?.types.includes('text/html'), await plain?.text()]
    })
    expect(story).toEqual([true, 'words'])
  })

  // Source: electron.d.ts Clipboard.clear
  test('clear leaves no text', async ({ app }) => {
    const text = await app.evaluate(async ({ clipboard }) => {
      await clipboard.writeText('words')
      clipboard.clear()
      return await clipboard.readText()
    })
    expect(text).toBe('')
  })
})

test.describe('dialog', () => {
  // Source: Playwright's documentation, class Electron ("mock … dialog" through evaluate); dialog is a plain object
  test('a test can put its own answer in place of a dialog', async ({ app }) => {
    const answer = await app.evaluate(async ({ dialog }) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: ['/chosen.wav'] })
      return await dialog.showOpenDialog({ properties: ['openFile'] })
    })
    expect(answer).toEqual({ canceled: false, filePaths: ['/chosen.wav'] })
  })
})

test.describe('menu', () => {
  // Source: docs/api/menu-item.md (click); lib/browser/api/menu-item.ts
  test("clicking an item calls its handler with the item; a checkbox's mark flips first", async ({ app }) => {
    const story = await app.evaluate(({ Menu }) => {
      const story: unknown[] = []
      const menu = Menu.buildFromTemplate([
        { id: 'plain', label: 'Plain', click: (item) => story.push(item.id) },
        { id: 'box', label: 'Box', type: 'checkbox', click: ({ checked }) => story.push(checked) },
      ])
      menu.getMenuItemById('plain')?.click()
      menu.getMenuItemById('box')?.click()
      return story
    })
    expect(story).toEqual(['plain', true])
  })

  // Source: docs/api/menu-item.md (radio); spec/api-menu.spec.ts "Menu.buildFromTemplate … radio groups"
  test('radio items exclude each other within their group only', async ({ app }) => {
    const marks = await app.evaluate(({ Menu }) => {
      const { items } = Menu.buildFromTemplate([
        { label: 'a', type: 'radio', checked: true },
        { label: 'b', type: 'radio' },
        { type: 'separator' },
        { label: 'c', type: 'radio', checked: true },
      ])
      items[1]?.click()
      return items.map(({ checked }) => checked)
    })
    expect(marks).toEqual([false, true, false, true])
  })

  // Source: lib/browser/api/menu-item-roles.ts; docs/api/menu-item.md "Roles"
  test('a role brings its label and accelerator', async ({ app }) => {
    const copy = await app.evaluate(({ Menu }) => {
      const [item] = Menu.buildFromTemplate([{ role: 'copy' }]).items
      return [item?.role, item?.label, item?.accelerator]
    })
    expect(copy).toEqual(['copy', 'Copy', 'CommandOrControl+C'])
  })

  // Source: spec/api-menu.spec.ts "does throw exceptions for empty objects and null values"
  test('an item without label, role and type is refused', async ({ app }) => {
    const message = await app.evaluate(({ Menu }) => {
      try {
        Menu.buildFromTemplate([{}])
        return 'nothing was thrown'
      } catch (error) {
        return error instanceof Error ? error.message : 'no error'
      }
    })
    expect(message).toMatch(/must have at least one of label, role or type/)
  })

  // Source: electron.d.ts Menu.setApplicationMenu, Menu.getApplicationMenu
  test('the application menu is the one that was set, and can be taken away', async ({ app }) => {
    const same = await app.evaluate(({ Menu }) => {
      const menu = Menu.buildFromTemplate([{ label: 'File', submenu: [{ label: 'Open', id: 'open' }] }])
      Menu.setApplicationMenu(menu)
      const current = Menu.getApplicationMenu()
      const found = [current === menu, current?.getMenuItemById('open')?.label]
      Menu.setApplicationMenu(null)
      return [...found, Menu.getApplicationMenu()]
    })
    expect(same).toEqual([true, 'Open', null])
  })
})

test.describe('tray', () => {
  // Source: electron.d.ts Tray, Tray.destroy, Tray.isDestroyed; spec/api-tray.spec.ts
  test('a tray takes an image, a tooltip and a menu, and is gone after destroy', async ({ app }) => {
    const story = await app.evaluate(({ Menu, Tray, nativeImage }, pixel) => {
      const tray = new Tray(nativeImage.createFromDataURL(pixel))
      tray.setToolTip('Steno')
      tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit' }]))
      const before = tray.isDestroyed()
      tray.destroy()
      return [before, tray.isDestroyed()]
    }, PIXEL)
    expect(story).toEqual([false, true])
  })

  // Source: electron.d.ts NativeImage.getSize, NativeImage.isEmpty, nativeImage.createEmpty
  test('an image knows its size; an empty one says so', async ({ app }) => {
    const images = await app.evaluate(({ nativeImage }, pixel) => {
      const image = nativeImage.createFromDataURL(pixel)
      return [image.getSize(), image.isEmpty(), nativeImage.createEmpty().isEmpty()]
    }, PIXEL)
    expect(images).toEqual([{ width: 1, height: 1 }, false, true])
  })
})

test.describe('global shortcut', () => {
  // Source: spec/serial/api-global-shortcut.spec.ts "register", "isRegistered", "unregister"
  test('a shortcut is registered until it is unregistered, by itself or with all', async ({ app }) => {
    const story = await app.evaluate(({ globalShortcut }) => {
      const [one, two] = ['CommandOrControl+Shift+F9', 'CommandOrControl+Shift+F8']
      const is = () => [globalShortcut.isRegistered(one), globalShortcut.isRegistered(two)]
      const story = [is()]
      const registered = [one, two].map((accelerator) =>
        globalShortcut.register(accelerator, () => undefined),
      )
      story.push(registered, is())
      globalShortcut.unregister(one)
      story.push(is())
      globalShortcut.unregisterAll()
      return [...story, is()]
    })
    expect(story).toEqual([
      [false, false],
      [true, true],
      [true, true],
      [false, true],
      [false, false],
    ])
  })

  // Source: electron/electron#12990 ("Error processing argument at index 0, conversion failure from …")
  test('an accelerator without a key, or with an unknown one, throws', async ({ app }) => {
    const messages = await app.evaluate(({ globalShortcut }) =>
      ['CommandOrControl+Shift', 'CommandOrControl+Nonsense'].map((accelerator) => {
        try {
          globalShortcut.register(accelerator, () => undefined)
          return 'nothing was thrown'
        } catch (error) {
          return String(error)
        }
      }),
    )
    expect(messages).toEqual([
      'TypeError: Error processing argument at index 0, conversion failure from CommandOrControl+Shift',
      'TypeError: Error processing argument at index 0, conversion failure from CommandOrControl+Nonsense',
    ])
  })
})

test.describe('power', () => {
  // Source: electron.d.ts PowerMonitor 'suspend', 'resume', 'lock-screen'; it is a NodeEventEmitter
  test('power events reach their listeners', async ({ app }) => {
    const heard = await app.evaluate(({ powerMonitor }) => {
      const heard: string[] = []
      powerMonitor.on('suspend', () => heard.push('suspend'))
      powerMonitor.on('resume', () => heard.push('resume'))
      powerMonitor.on('lock-screen', () => heard.push('lock-screen'))
      for (const event of ['suspend', 'resume', 'lock-screen']) powerMonitor.emit(event)
      return heard
    })
    expect(heard).toEqual(['suspend', 'resume', 'lock-screen'])
  })

  // Source: spec/api-power-monitor.spec.ts "powerMonitor.onBatteryPower", "powerMonitor.getSystemIdleTime"
  test('battery and idle time can be read', async ({ app }) => {
    const read = await app.evaluate(({ powerMonitor }) => [
      typeof powerMonitor.onBatteryPower,
      typeof powerMonitor.isOnBatteryPower(),
      powerMonitor.getSystemIdleTime() >= 0,
    ])
    expect(read).toEqual(['boolean', 'boolean', true])
  })
})

test.describe('notification, theme, screen', () => {
  // Source: electron.d.ts Notification.isSupported
  test('Notification.isSupported answers yes or no', async ({ app }) => {
    expect(await app.evaluate(({ Notification }) => typeof Notification.isSupported())).toBe('boolean')
  })

  // Source: spec/api-native-theme.spec.ts "should override the result of prefers-color-scheme CSS media query"
  test('themeSource decides prefers-color-scheme in pages', async ({ app }) => {
    const page = await openWindow(app)
    const isDark = () => inPage(page, (window) => window.matchMedia('(prefers-color-scheme: dark)').matches)
    for (const theme of ['dark', 'light', 'dark'] as const) {
      const inMain = await app.evaluate(({ nativeTheme }, theme) => {
        nativeTheme.themeSource = theme
        return nativeTheme.shouldUseDarkColors
      }, theme)
      expect(inMain).toBe(theme === 'dark')
      await expect.poll(isDark).toBe(theme === 'dark')
    }
  })

  // Source: spec/api-native-theme.spec.ts "should emit the "updated" event …" and "should not emit …"
  test('updated comes when the theme changes and not when it stays', async ({ app }) => {
    const updates = await app.evaluate(async ({ nativeTheme }) => {
      nativeTheme.themeSource = 'light'
      await new Promise((resolve) => setTimeout(resolve, 50))
      let updates = 0
      nativeTheme.on('updated', () => updates++)
      nativeTheme.themeSource = 'dark'
      await new Promise((resolve) => setTimeout(resolve, 50))
      const afterChange = updates > 0
      updates = 0
      nativeTheme.themeSource = 'dark'
      await new Promise((resolve) => setTimeout(resolve, 50))
      return [afterChange, updates]
    })
    expect(updates).toEqual([true, 0])
  })

  // Source: electron.d.ts Screen.getPrimaryDisplay, Display.workArea, Display.scaleFactor
  test('the primary display has an area that holds its work area, and is one of all displays', async ({
    app,
  }) => {
    const { bounds, workArea, scaleFactor, isListed } = await app.evaluate(({ screen }) => {
      const display = screen.getPrimaryDisplay()
      return { ...display, isListed: screen.getAllDisplays().some(({ id }) => id === display.id) }
    })
    expect(isListed).toBe(true)
    expect(scaleFactor).toBeGreaterThan(0)
    expect(workArea.width).toBeGreaterThan(0)
    expect(workArea.x + workArea.width).toBeLessThanOrEqual(bounds.x + bounds.width)
    expect(workArea.y + workArea.height).toBeLessThanOrEqual(bounds.y + bounds.height)
  })
})
