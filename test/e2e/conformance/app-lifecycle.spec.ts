/** How an app starts and ends: which events come, in which order, and what stops them. */
import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { APP, expect, openWindow, ready, test } from './fixture.ts'

/** Writes the app's closing events to a file, since nothing in the app outlives them. */
async function recordEvents(app: ElectronApplication, file: string): Promise<void> {
  await app.evaluate(({ app, BrowserWindow }, file) => {
    const { appendFileSync, writeFileSync } = process.getBuiltinModule('node:fs')
    writeFileSync(file, '')
    const write = (line: string) => {
      appendFileSync(file, `${line}\n`)
    }
    app.on('before-quit', () => {
      write('before-quit')
    })
    app.on('will-quit', () => {
      write('will-quit')
    })
    app.on('quit', (_event, code) => {
      write(`quit ${code}`)
    })
    for (const window of BrowserWindow.getAllWindows()) {
      window.on('close', () => {
        write('close')
      })
      window.on('closed', () => {
        write('closed')
      })
    }
  }, file)
}

function recorded(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').slice(0, -1)
}

async function quit(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ app }) => {
    setImmediate(() => {
      app.quit()
    })
  })
}

test.describe('app life cycle', () => {
  // Source: electron.d.ts App.isReady, App 'ready' ("Emitted once, when Electron has finished initializing")
  test('the app is not ready while its main file loads; ready comes once, later', async ({ app }) => {
    expect(await app.evaluate(() => conformance.story)).toEqual(['loading, ready: false', 'ready: true'])
  })

  // Source: electron.d.ts App.quit, App 'window-all-closed' (not emitted on quit), BrowserWindow 'close'
  test('quit means before-quit, close and closed of each window, will-quit, quit with code 0', async ({
    launch,
    folder,
  }) => {
    const { app, ended } = await launch(APP)
    await ready(app)
    await openWindow(app)
    const file = join(folder, 'events')
    await recordEvents(app, file)
    await app.evaluate(({ app }, file) => {
      app.on('window-all-closed', () => {
        process.getBuiltinModule('node:fs').appendFileSync(file, 'window-all-closed\n')
      })
    }, file)
    await quit(app)
    expect(await ended).toBe(0)
    expect(recorded(file)).toEqual(['before-quit', 'close', 'closed', 'will-quit', 'quit 0'])
  })

  // Source: electron.d.ts App 'before-quit' ("event.preventDefault() will prevent the default behavior")
  test('before-quit with preventDefault leaves the app and its windows as they are', async ({
    app,
    folder,
  }) => {
    await openWindow(app)
    const file = join(folder, 'events')
    await recordEvents(app, file)
    const windows = await app.evaluate(({ app, BrowserWindow }) => {
      app.once('before-quit', (event) => {
        event.preventDefault()
      })
      app.quit()
      return new Promise<number>((resolve) => {
        setTimeout(() => {
          resolve(BrowserWindow.getAllWindows().length)
        }, 300)
      })
    })
    expect(windows).toBe(1)
    expect(recorded(file)).toEqual(['before-quit'])
  })

  // Source: electron.d.ts App.quit ("If all windows are successfully closed, the will-quit event will be emitted")
  test("a window that prevents its close cancels the app's quit", async ({ app, folder }) => {
    await openWindow(app)
    const file = join(folder, 'events')
    await recordEvents(app, file)
    const windows = await app.evaluate(({ app, BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.once('close', (event) => {
        event.preventDefault()
      })
      app.quit()
      return new Promise<number>((resolve) => {
        setTimeout(() => {
          resolve(BrowserWindow.getAllWindows().length)
        }, 300)
      })
    })
    expect(windows).toBe(1)
    expect(recorded(file)).toEqual(['before-quit', 'close'])
  })

  // Source: electron.d.ts App 'will-quit' ("event.preventDefault() will prevent the default behavior")
  test('will-quit with preventDefault keeps the app alive after its windows are gone', async ({
    app,
    folder,
  }) => {
    await openWindow(app)
    const file = join(folder, 'events')
    await recordEvents(app, file)
    const windows = await app.evaluate(({ app, BrowserWindow }) => {
      const stopped = new Promise<void>((resolve) => {
        app.once('will-quit', (event) => {
          event.preventDefault()
          resolve()
        })
      })
      app.quit()
      return stopped.then(() => BrowserWindow.getAllWindows().length)
    })
    expect(windows).toBe(0)
    expect(await app.evaluate(({ app }) => app.isReady())).toBe(true)
    expect(recorded(file)).toEqual(['before-quit', 'close', 'closed', 'will-quit'])
  })

  // Source: electron.d.ts App.exit ("the before-quit and will-quit events will not be emitted"), spec/api-app.spec.ts
  test('exit closes windows without asking, skips before-quit and will-quit and gives its code', async ({
    launch,
    folder,
  }) => {
    const { app, ended } = await launch(APP)
    await ready(app)
    await openWindow(app)
    const file = join(folder, 'events')
    await recordEvents(app, file)
    await app.evaluate(({ app }) => {
      setImmediate(() => {
        app.exit(7)
      })
    })
    expect(await ended).toBe(7)
    expect(recorded(file)).toEqual(['closed', 'quit 7'])
  })

  // Source: electron.d.ts App 'window-all-closed' ("the default behavior is to quit the app")
  test('closing the last window quits an app that does not listen to window-all-closed', async ({
    launch,
  }) => {
    const { app, ended } = await launch(APP)
    await ready(app)
    await openWindow(app)
    await app.evaluate(({ BrowserWindow }) => {
      setImmediate(() => {
        BrowserWindow.getAllWindows()[0]?.close()
      })
    })
    expect(await ended).toBe(0)
  })

  // Source: electron.d.ts App 'window-all-closed' ("if you subscribe, you control whether the app quits or not")
  test('an app that listens to window-all-closed stays when its last window closes', async ({ app }) => {
    await openWindow(app)
    await app.evaluate(
      ({ app, BrowserWindow }) =>
        new Promise<void>((resolve) => {
          app.on('window-all-closed', resolve)
          BrowserWindow.getAllWindows()[0]?.close()
        }),
    )
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0)
  })

  // Source: spec/api-app.spec.ts "exits gracefully" (SIGTERM: code 0, no signal)
  test('SIGTERM quits the app in order, with code 0', async ({ launch, folder }) => {
    test.skip(process.platform === 'win32', 'there are no signals on Windows')
    const { app, ended } = await launch(APP)
    await ready(app)
    const file = join(folder, 'events')
    await recordEvents(app, file)
    process.kill(await app.evaluate(() => process.pid), 'SIGTERM')
    expect(await ended).toBe(0)
    expect(recorded(file)).toEqual(['before-quit', 'will-quit', 'quit 0'])
  })

  // Source: electron.d.ts App.getName, App.getVersion, App.getAppPath, App.isPackaged
  test('name, version and path come from the app folder, which is not packaged', async ({ app }) => {
    const about = await app.evaluate(({ app }) => ({
      name: app.getName(),
      version: app.getVersion(),
      path: app.getAppPath(),
      isPackaged: app.isPackaged,
    }))
    expect(about).toEqual({ name: 'steno-conformance', version: '1.2.3', path: APP, isPackaged: false })
  })

  // Source: docs/api/app.md app.getPath ("userData … by default is the appData directory appended with your app's name")
  test("userData is the app's name inside appData, which obeys XDG_CONFIG_HOME", async ({ app, folder }) => {
    test.skip(process.platform !== 'linux', 'appData comes from elsewhere there')
    const userData = await app.evaluate(({ app }) => app.getPath('userData'))
    expect(userData).toBe(join(realpathSync(folder), 'config', 'steno-conformance'))
  })

  // Source: docs/api/command-line.md, electron.d.ts CommandLine.hasSwitch, CommandLine.getSwitchValue
  test('arguments after the app folder are in process.argv and switches in commandLine', async ({
    launch,
  }) => {
    const { app } = await launch(APP, ['--colour=green', 'a word'])
    const seen = await app.evaluate(({ app }) => ({
      argv: process.argv.slice(1),
      colour: app.commandLine.getSwitchValue('colour'),
      has: app.commandLine.hasSwitch('no-such-switch'),
    }))
    expect(seen).toEqual({ argv: [APP, '--colour=green', 'a word'], colour: 'green', has: false })
  })

  // Source: spec/api-app.spec.ts "BrowserWindow events"
  test('a new window is announced by web-contents-created and browser-window-created', async ({ app }) => {
    const announced = await app.evaluate(({ app, BrowserWindow }) => {
      const ids: { window?: number; contents?: number } = {}
      app.once('web-contents-created', (_event, contents) => (ids.contents = contents.id))
      app.once('browser-window-created', (_event, window) => (ids.window = window.id))
      const window = new BrowserWindow({ show: false })
      return new Promise<boolean[]>((resolve) => {
        setImmediate(() => {
          resolve([ids.window === window.id, ids.contents === window.webContents.id])
        })
      })
    })
    expect(announced).toEqual([true, true])
  })
})
