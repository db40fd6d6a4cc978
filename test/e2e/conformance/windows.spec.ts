/** BrowserWindow: showing, closing, finding windows. */
import { expect, inPage, openWindow, test } from './fixture.ts'

test.describe('windows', () => {
  // Source: electron.d.ts BrowserWindow.show, BrowserWindow.hide, BrowserWindow.isVisible
  test('a window made with show: false is invisible until show, and again after hide', async ({ app }) => {
    await openWindow(app, 'index.html', { show: false })
    const story = await app.evaluate(async ({ BrowserWindow }) => {
      const events = process.getBuiltinModule('node:events')
      const [window] = BrowserWindow.getAllWindows()
      if (window === undefined) return []
      const visible = [window.isVisible()]
      const shown = events.once(window, 'show')
      window.show()
      await shown
      visible.push(window.isVisible())
      const hidden = events.once(window, 'hide')
      window.hide()
      await hidden
      return [...visible, window.isVisible()]
    })
    expect(story).toEqual([false, true, false])
  })

  // Source: spec/api-browser-window.spec.ts "BrowserWindow.show()" ("should focus on window")
  test('show gives the window the focus, and getFocusedWindow finds it', async ({ app }) => {
    await openWindow(app, 'index.html', { show: false })
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.show()
    })
    const focused = () =>
      app.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows()
        return [window?.isFocused(), window !== undefined && BrowserWindow.getFocusedWindow() === window]
      })
    await expect.poll(focused).toEqual([true, true])
  })

  // Source: spec/api-app.spec.ts "should emit browser-window-focus event when window is focused" and "… blur …"
  test("a window's focus and blur are announced by the app", async ({ app }) => {
    const announced = await app.evaluate(({ app, BrowserWindow }) => {
      const names: string[] = []
      const window = new BrowserWindow({ show: false })
      app.on('browser-window-focus', (_event, { id }) => names.push(`focus ${id === window.id}`))
      app.on('browser-window-blur', (_event, { id }) => names.push(`blur ${id === window.id}`))
      window.emit('focus')
      window.emit('blur')
      return names
    })
    expect(announced).toEqual(['focus true', 'blur true'])
  })

  // Source: electron.d.ts BrowserWindow 'close', BrowserWindow 'closed', BrowserWindow.isDestroyed
  test('close emits close and then closed, and destroys the window', async ({ app }) => {
    await openWindow(app)
    const story = await app.evaluate(async ({ app, BrowserWindow }) => {
      app.on('window-all-closed', () => undefined)
      const [window] = BrowserWindow.getAllWindows()
      if (window === undefined) return []
      const events: string[] = []
      window.on('close', () => events.push(`close, destroyed: ${window.isDestroyed()}`))
      await new Promise<void>((resolve) => {
        window.on('closed', () => {
          events.push('closed')
          resolve()
        })
        window.close()
      })
      return [...events, `destroyed: ${window.isDestroyed()}`]
    })
    expect(story).toEqual(['close, destroyed: false', 'closed', 'destroyed: true'])
  })

  // Source: electron/electron#4279; gin's wrapper says so of every destroyed object ("TypeError: Object has been destroyed")
  test('using a closed window throws "Object has been destroyed"', async ({ app }) => {
    const message = await app.evaluate(({ app, BrowserWindow }) => {
      app.on('window-all-closed', () => undefined)
      const window = new BrowserWindow({ show: false })
      window.destroy()
      try {
        window.setTitle('late')
        return 'nothing was thrown'
      } catch (error) {
        return String(error)
      }
    })
    expect(message).toBe('TypeError: Object has been destroyed')
  })

  // Source: electron.d.ts BrowserWindow 'close' ("Calling event.preventDefault() will cancel the close")
  test('close with preventDefault leaves the window open', async ({ app }) => {
    await openWindow(app)
    const alive = await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.once('close', (event) => {
        event.preventDefault()
      })
      window?.close()
      return new Promise<boolean>((resolve) => {
        setTimeout(() => {
          resolve(window?.isDestroyed() === false)
        }, 300)
      })
    })
    expect(alive).toBe(true)
  })

  // Source: electron.d.ts BrowserWindow.destroy ("close event will also not be emitted … guarantees the closed event")
  test('destroy skips close but not closed', async ({ app }) => {
    await openWindow(app)
    const events = await app.evaluate(
      ({ app, BrowserWindow }) =>
        new Promise<string[]>((resolve) => {
          app.on('window-all-closed', () => undefined)
          const events: string[] = []
          const [window] = BrowserWindow.getAllWindows()
          window?.on('close', (event) => {
            event.preventDefault()
            events.push('close')
          })
          window?.on('closed', () => {
            resolve([...events, 'closed'])
          })
          window?.destroy()
        }),
    )
    expect(events).toEqual(['closed'])
  })

  // Source: electron.d.ts BrowserWindow.getAllWindows, BrowserWindow.fromId, BrowserWindow.fromWebContents
  test('getAllWindows, fromId and fromWebContents know exactly the open windows', async ({ app }) => {
    const found = await app.evaluate(({ app, BrowserWindow }) => {
      app.on('window-all-closed', () => undefined)
      const [one, two] = [new BrowserWindow({ show: false }), new BrowserWindow({ show: false })]
      const { id, webContents } = two
      const before = BrowserWindow.getAllWindows().map((window) => window.id)
      const same = [BrowserWindow.fromId(id) === two, BrowserWindow.fromWebContents(webContents) === two]
      two.destroy()
      return {
        before: before.length === 2 && before.includes(one.id) && before.includes(id),
        same,
        after: BrowserWindow.getAllWindows().map((window) => window === one),
        gone: BrowserWindow.fromId(id),
      }
    })
    expect(found).toEqual({ before: true, same: [true, true], after: [true], gone: null })
  })

  // Source: electron.d.ts BrowserWindow 'ready-to-show' ("rendered (while not being shown)")
  test('ready-to-show comes once a hidden window has rendered its page', async ({ app }) => {
    const shownBefore = await app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<boolean>((resolve) => {
          const window = new BrowserWindow({ show: false })
          window.once('ready-to-show', () => {
            resolve(window.isVisible())
          })
          void window.loadURL('app://steno/index.html')
        }),
    )
    expect(shownBefore).toBe(false)
  })

  // Source: electron.d.ts BrowserWindow 'page-title-updated', BrowserWindow.getTitle
  test("the page's title becomes the window's title", async ({ app }) => {
    const page = await openWindow(app)
    const title = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
    await expect.poll(title).toBe('Conformance')
    await inPage(page, ({ document }) => {
      document.title = 'Renamed'
    })
    await expect.poll(title).toBe('Renamed')
  })

  // Source: electron.d.ts BrowserWindow 'page-title-updated' ("will prevent the native window's title from changing")
  test('page-title-updated with preventDefault keeps the title', async ({ app }) => {
    const page = await openWindow(app)
    const update = await app.evaluateHandle(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.setTitle('Chosen by main')
      return {
        seen: new Promise<string>((resolve) => {
          window?.on('page-title-updated', (event, title) => {
            event.preventDefault()
            resolve(`${title}, window: ${window.getTitle()}`)
          })
        }),
      }
    })
    await inPage(page, ({ document }) => {
      document.title = 'Renamed'
    })
    expect(await update.evaluate(({ seen }) => seen)).toBe('Renamed, window: Chosen by main')
    const title = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
    expect(title).toBe('Chosen by main')
  })

  // Source: electron.d.ts BrowserWindowConstructorOptions.width, BrowserWindow.setSize; spec/api-browser-window.spec.ts
  test('a window has the size it was given and then the one it is set to', async ({ app }) => {
    const given = await app.evaluate(({ BrowserWindow }) =>
      new BrowserWindow({ show: false, width: 432, height: 321 }).getSize(),
    )
    expect(given).toEqual([432, 321])
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setSize(500, 400)
    })
    const size = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize())
    await expect.poll(size).toEqual([500, 400])
  })
})
