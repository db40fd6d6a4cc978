/** What only the stand-in can do: be the person at the desk and the system underneath, and refuse what it is not. */
import { childPids, gone } from '../../fakes/proc.ts'
import { APP, expect, inPage, openWindow, ready, test } from './fixture.ts'

test.describe('host hooks', () => {
  // Source: electron.d.ts GlobalShortcut.register ("already taken by other applications, this call will silently fail")
  test(
    "a pressed shortcut calls its listener; another app's cannot be had",
    { tag: '@host' },
    async ({ app }) => {
      const story = await app.evaluate(({ globalShortcut }) => {
        const story: unknown[] = []
        globalShortcut.register('Alt+Space', () => story.push('pressed'))
        story.push(__host.pressShortcut('Alt+Space'), __host.pressShortcut('Alt+F1'))
        __host.takeShortcut('Alt+F2')
        story.push(
          globalShortcut.register('Alt+F2', () => undefined),
          globalShortcut.isRegistered('Alt+F2'),
        )
        return story
      })
      expect(story).toEqual(['pressed', true, false, false, false])
    },
  )

  // Source: electron.d.ts PowerMonitor 'suspend', 'resume'
  test('the system can go to sleep and wake', { tag: '@host' }, async ({ app }) => {
    const heard = await app.evaluate(({ powerMonitor }) => {
      const heard: string[] = []
      powerMonitor.on('suspend', () => heard.push('suspend'))
      powerMonitor.on('resume', () => heard.push('resume'))
      __host.power('suspend')
      __host.power('resume')
      return heard
    })
    expect(heard).toEqual(['suspend', 'resume'])
  })

  // Source: electron.d.ts Dialog.showOpenDialog (OpenDialogReturnValue)
  test(
    'a dialog gets the answer prepared for it, and is cancelled without one',
    { tag: '@host' },
    async ({ app }) => {
      const answers = await app.evaluate(async ({ dialog }) => {
        __host.answerNextDialog({ filePaths: ['/chosen.wav'] })
        const options: Electron.OpenDialogOptions = { properties: ['openFile'] }
        return [await dialog.showOpenDialog(options), await dialog.showOpenDialog(options)]
      })
      expect(answers).toMatchObject([
        { canceled: false, filePaths: ['/chosen.wav'] },
        { canceled: true, filePaths: [] },
      ])
    },
  )

  // Source: electron.d.ts Tray 'click', Tray.setContextMenu
  test("a click on the tray is heard, and on its menu's items too", { tag: '@host' }, async ({ app }) => {
    const heard = await app.evaluate(({ Menu, Tray, nativeImage }) => {
      const heard: string[] = []
      const tray = new Tray(nativeImage.createEmpty())
      tray.on('click', () => heard.push('tray'))
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: 'Dictate', click: () => heard.push('Dictate') },
          { label: 'Off', enabled: false, click: () => heard.push('Off') },
        ]),
      )
      __host.clickTray()
      __host.clickMenuItem('Dictate')
      try {
        __host.clickMenuItem('Off')
      } catch {
        heard.push('refused')
      }
      return heard
    })
    expect(heard).toEqual(['tray', 'Dictate', 'refused'])
  })

  // Source: electron.d.ts NativeTheme.themeSource ("system … will remove the override and everything will be reset to the OS default")
  test('a page follows the system as long as themeSource is system', { tag: '@host' }, async ({ app }) => {
    const page = await openWindow(app)
    const isDark = () => inPage(page, (window) => window.matchMedia('(prefers-color-scheme: dark)').matches)
    await app.evaluate(() => {
      __host.setDark(true)
    })
    await expect.poll(isDark).toBe(true)
    await app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'light'
    })
    await expect.poll(isDark).toBe(false)
  })

  // Source: test/host/contract.ts
  test('members and events outside the contract throw NotInHost', { tag: '@host' }, async ({ app }) => {
    const errors = await app.evaluate((electron) => {
      const { app, BrowserWindow } = electron
      const window = new BrowserWindow({ show: false })
      const attempts: (() => unknown)[] = [
        () => electron.desktopCapturer,
        () => app.getRecentDocuments(),
        () => app.on('login', () => undefined),
        () => window.isKiosk(),
        () => window.webContents.capturePage(),
      ]
      return attempts.map((attempt) => {
        try {
          attempt()
          return 'nothing was thrown'
        } catch (error) {
          return error instanceof Error ? error.message : 'no error'
        }
      })
    })
    expect(errors).toEqual(Array.from({ length: 5 }, () => expect.stringMatching(/^NotInHost: electron\./)))
  })

  // Source: Chromium's --remote-debugging-pipe (it ends with its pipe)
  test('no process outlives a host that is killed', { tag: '@host' }, async ({ launch }) => {
    test.skip(process.platform !== 'linux', 'looks in /proc')
    const { app, ended } = await launch(APP)
    await ready(app)
    await openWindow(app)
    const main = await app.evaluate(() => process.pid)
    const children = childPids(main)
    process.kill(main, 'SIGKILL')
    await ended
    expect(children.length).toBeGreaterThan(0)
    for (const pid of children) expect(await gone(pid, 10_000)).toBe(true)
  })
})
