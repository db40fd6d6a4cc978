/** webContents: loading, sending, running code, and pages that misbehave. */
import { expect, heardInPreload, inPage, inPreload, openWindow, test } from './fixture.ts'

test.describe('webContents', () => {
  // Source: electron.d.ts WebContents.loadURL ("resolve when the page has finished loading (see did-finish-load)")
  test('loadURL settles after did-finish-load, and getURL is the URL that was asked for', async ({ app }) => {
    const story = await app.evaluate(async ({ BrowserWindow }) => {
      const events: string[] = []
      const { webContents } = new BrowserWindow({ show: false })
      webContents.on('did-finish-load', () => events.push('did-finish-load'))
      await webContents.loadURL('app://steno/index.html')
      return [...events, 'settled', webContents.getURL()]
    })
    expect(story).toEqual(['did-finish-load', 'settled', 'app://steno/index.html'])
  })

  // Source: electron.d.ts WebContents.loadURL ("rejects if the page fails to load (see did-fail-load)")
  test('loadURL rejects and did-fail-load comes when the page cannot be had', async ({ app }) => {
    const story = await app.evaluate(async ({ BrowserWindow }) => {
      conformance.routes.set('/broken', () => Promise.reject(new Error('on purpose')))
      const events: string[] = []
      const { webContents } = new BrowserWindow({ show: false })
      webContents.on('did-fail-load', () => events.push('did-fail-load'))
      await webContents.loadURL('app://steno/broken').catch(() => events.push('rejected'))
      return events
    })
    expect(story).toEqual(['did-fail-load', 'rejected'])
  })

  // Source: electron.d.ts WebContents.send; docs/tutorial/ipc.md "Pattern 3: Main to renderer"
  test('messages sent to a page arrive in order, as copies', async ({ app }) => {
    const page = await openWindow(app)
    await inPreload(page, ({ electron, window }) => {
      const heard: unknown[] = []
      window.heard = new Promise<unknown[]>((resolve) => {
        electron.ipcRenderer.on('count', (_event, index: number, bytes: Uint8Array) => {
          heard.push(index + (bytes[0] ?? 0))
          if (heard.length === 200) resolve(heard)
        })
      })
    })
    await app.evaluate(({ BrowserWindow }) => {
      for (let index = 0; index < 200; index++) {
        BrowserWindow.getAllWindows()[0]?.webContents.send('count', index, Uint8Array.of(1))
      }
    })
    expect(await heardInPreload(page)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  })

  // Source: electron.d.ts WebContents.send ("Sending Functions, Promises, Symbols … will throw an exception")
  test('sending a function to a page throws the clone error', async ({ app }) => {
    await openWindow(app)
    const message = await app.evaluate(({ BrowserWindow }) => {
      try {
        BrowserWindow.getAllWindows()[0]?.webContents.send('channel', () => undefined)
        return 'nothing was thrown'
      } catch (error) {
        return error instanceof Error ? error.message : 'no error'
      }
    })
    expect(message).toContain('An object could not be cloned.')
  })

  // Source: electron.d.ts WebContents.executeJavaScript
  test("executeJavaScript gives the value of the code's promise", async ({ app }) => {
    await openWindow(app)
    const value: unknown = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        'new Promise((done) => setTimeout(() => done({ title: document.title, secret: pageSecret }), 10))',
      ),
    )
    expect(value).toEqual({ title: 'Conformance', secret: 'known to the page only' })
  })

  // Source: electron.d.ts WebContents.executeJavaScript ("or is rejected if the result of the code is a rejected promise")
  test("executeJavaScript rejects with the page's error", async ({ app }) => {
    await openWindow(app)
    const message: unknown = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]
        ?.webContents.executeJavaScript('Promise.reject(new TypeError("no such thing"))')
        .catch((error: unknown) => String(error)),
    )
    expect(message).toContain('no such thing')
  })

  // Source: electron.d.ts WebContents.reload; docs/tutorial/tutorial-preload.md (preload runs before each page)
  test('reload loads the page anew and runs the preload again', async ({ app }) => {
    const page = await openWindow(app)
    await inPage(page, (window) => {
      window['mark'] = 'before the reload'
    })
    await app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<void>((resolve) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents
          contents?.once('did-finish-load', () => {
            resolve()
          })
          contents?.reload()
        }),
    )
    // Playwright may still hold the context of the page that went.
    const state = () =>
      inPage(page, (window) => [typeof window['mark'], typeof window.bridge]).catch(() => [])
    await expect.poll(state).toEqual(['undefined', 'object'])
  })

  // Source: electron.d.ts WebContents.forcefullyCrashRenderer, WebContents 'render-process-gone', App 'render-process-gone'
  test('a crashed page is told by render-process-gone on its webContents and on the app', async ({ app }) => {
    await openWindow(app)
    const gone = await app.evaluate(async ({ app, BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      const onApp = new Promise<boolean>((resolve) => {
        app.once('render-process-gone', (_event, which) => {
          resolve(which === contents)
        })
      })
      const onContents = new Promise<string>((resolve) => {
        contents?.once('render-process-gone', (_event, { reason }) => {
          resolve(reason)
        })
      })
      contents?.forcefullyCrashRenderer()
      return { sameContents: await onApp, reason: await onContents, isCrashed: contents?.isCrashed() }
    })
    expect(gone).toEqual({
      sameContents: true,
      reason: expect.stringMatching(/^(crashed|killed|abnormal-exit)$/),
      isCrashed: true,
    })
  })

  // Source: electron.d.ts WebContents.forcefullyCrashRenderer (its example reloads the crashed page)
  test('reload brings a crashed page back', async ({ app }) => {
    await openWindow(app)
    const title = await app.evaluate(async ({ BrowserWindow }) => {
      const events = process.getBuiltinModule('node:events')
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (contents === undefined) return ''
      const gone = events.once(contents, 'render-process-gone')
      contents.forcefullyCrashRenderer()
      await gone
      const loaded = events.once(contents, 'did-finish-load')
      contents.reload()
      await loaded
      return (await contents.executeJavaScript('document.title')) as string
    })
    expect(title).toBe('Conformance')
  })

  // Source: electron.d.ts WebContents.setWindowOpenHandler ("action: 'deny'")
  test('a window-open handler that denies makes window.open return null and opens nothing', async ({
    app,
  }) => {
    const page = await openWindow(app)
    const asked = await app.evaluateHandle(({ BrowserWindow }) => {
      const urls: string[] = []
      BrowserWindow.getAllWindows()[0]?.webContents.setWindowOpenHandler(({ url }) => {
        urls.push(url)
        return { action: 'deny' }
      })
      return urls
    })
    expect(await inPage(page, (window) => window.open('https://example.org/') === null)).toBe(true)
    await expect.poll(() => asked.jsonValue()).toEqual(['https://example.org/'])
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

  // Source: electron.d.ts WebContents 'will-navigate' ("Calling event.preventDefault() will prevent the navigation")
  test('will-navigate with preventDefault keeps the page where it is', async ({ app }) => {
    const page = await openWindow(app)
    const asked = await app.evaluateHandle(({ BrowserWindow }) => {
      const urls: string[] = []
      BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', (event) => {
        event.preventDefault()
        urls.push(event.url)
      })
      return urls
    })
    await inPage(page, ({ location }) => {
      location.href = '/other.html'
    })
    await expect.poll(() => asked.jsonValue()).toEqual(['app://steno/other.html'])
    expect(await inPage(page, ({ document }) => document.title)).toBe('Conformance')
  })

  // Source: electron.d.ts WebContents 'will-navigate' ("not emitted when … started programmatically with APIs like loadURL")
  test('will-navigate is not emitted for loadURL', async ({ app }) => {
    await openWindow(app)
    const urls = await app.evaluate(async ({ BrowserWindow }) => {
      const urls: string[] = []
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      contents?.on('will-navigate', ({ url }) => urls.push(url))
      await contents?.loadURL('app://steno/other.html')
      return [...urls, contents?.getURL()]
    })
    expect(urls).toEqual(['app://steno/other.html'])
  })
})
