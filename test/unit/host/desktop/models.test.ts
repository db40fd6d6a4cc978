/** The models with little logic, and the hands that tests have on them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Display } from 'electron'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { desktop } from '../../../host/main-shim/desktop/index.ts'
import { hooks } from '../../../host/main-shim/desktop/hooks.ts'
import { markReady } from '../../../host/main-shim/ready.ts'

const {
  dialog,
  globalShortcut,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  screen,
  shell,
  Tray,
} = desktop

/** A PNG of this size, as far as its header goes. */
function png(width: number, height: number): Buffer {
  const file = Buffer.from('89504e470d0a1a0a0000000d49484452'.padEnd(48, '0'), 'hex')
  file.writeUInt32BE(width, 16)
  file.writeUInt32BE(height, 20)
  return file
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('before ready', () => {
  it.each<[string, () => unknown, string]>([
    ['globalShortcut', () => globalShortcut.register('A', () => undefined), 'globalShortcut cannot be used before the app is ready'], // prettier-ignore
    ['Tray', () => new Tray(nativeImage.createEmpty()), 'Cannot create Tray before app is ready'],
    ['Notification', () => new Notification(), 'Cannot create Notification before app is ready'],
    [
      'screen',
      () => screen.getPrimaryDisplay(),
      "The 'screen' module can't be used before the app 'ready' event",
    ],
    ['dialog', () => dialog.showOpenDialog({}), 'dialog module can only be used after app is ready'],
  ])('%s refuses', (_, use, message) => {
    expect(use).toThrow(message)
  })
})

describe('after ready', () => {
  let folder = ''
  beforeAll(() => {
    markReady()
    folder = mkdtempSync(join(tmpdir(), 'steno-desktop-'))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  afterEach(() => {
    globalShortcut.unregisterAll()
    globalShortcut.setSuspended(false)
  })

  it('a shortcut answers to any way of writing its keys, once registered', () => {
    let pressed = 0
    expect(globalShortcut.register('CommandOrControl+Shift+K', () => pressed++)).toBe(true)
    expect(globalShortcut.register('Shift+CmdOrCtrl+k', () => undefined)).toBe(false)
    expect(hooks.pressShortcut('cmdorctrl+shift+K')).toBe(true)
    expect(pressed).toBe(1)
    globalShortcut.unregister('Shift+CommandOrControl+K')
    expect(hooks.pressShortcut('cmdorctrl+shift+K')).toBe(false)
  })

  it('suspended shortcuts are silent and no new ones can be had', () => {
    globalShortcut.register('F9', () => undefined)
    globalShortcut.setSuspended(true)
    expect([hooks.pressShortcut('F9'), globalShortcut.register('F8', () => undefined)]).toEqual([
      false,
      false,
    ])
    globalShortcut.setSuspended(false)
    expect([hooks.pressShortcut('F9'), globalShortcut.isSuspended()]).toEqual([true, false])
  })

  it('registerAll gives all or none; a taken one fails silently', () => {
    hooks.takeShortcut('F2')
    globalShortcut.registerAll(['F1', 'F2'], () => undefined)
    expect([globalShortcut.isRegistered('F1'), globalShortcut.isRegistered('F2')]).toEqual([false, false])
    globalShortcut.registerAll(['F1', 'F3'], () => undefined)
    expect([globalShortcut.isRegistered('F1'), globalShortcut.isRegistered('F3')]).toEqual([true, true])
  })

  it('images know their size, at the scale their name says', () => {
    const path = join(folder, 'icon@2x.png')
    writeFileSync(path, png(32, 16))
    const image = nativeImage.createFromPath(path)
    expect(image.getSize()).toEqual({ width: 16, height: 8 })
    expect(image.resize({ width: 8 }).getSize()).toEqual({ width: 8, height: 4 })
    expect(image.toPNG({ scaleFactor: 2 })).toEqual(png(32, 16))
    expect(nativeImage.createFromDataURL(image.toDataURL({ scaleFactor: 2 })).getSize()).toEqual({
      width: 32,
      height: 16,
    })
    expect(nativeImage.createFromPath('/nowhere.png').isEmpty()).toBe(true)
    expect(nativeImage.createFromBuffer(Buffer.from('text')).isEmpty()).toBe(true)
    expect(() => image.toPNG()).toThrow('NotInHost')
    expect(() => image.resize({ width: 8 }).toPNG({ scaleFactor: 2 })).toThrow('NotInHost')
    expect(() => nativeImage.createFromBuffer(Buffer.from('ffd8ffe0', 'hex'))).toThrow('NotInHost')
  })

  it('a tray is clicked, shows its menu, and is of no use once destroyed', () => {
    expect(() => new Tray('/nowhere.png')).toThrow("Failed to load image from path '/nowhere.png'")
    expect(hooks.tray()).toBeUndefined()
    const tray = new Tray(nativeImage.createEmpty())
    tray.setToolTip('Steno')
    tray.setContextMenu(Menu.buildFromTemplate([{ label: 'Quit' }, { label: 'Later', visible: false }]))
    expect(hooks.tray()).toMatchObject({ toolTip: 'Steno', labels: ['Quit'] })
    let clicks = 0
    tray.on('click', () => clicks++)
    hooks.clickTray()
    expect(clicks).toBe(1)
    hooks.rightClickTray()
    expect(Menu.opened.size).toBe(1)
    tray.closeContextMenu()
    expect(Menu.opened.size).toBe(0)
    tray.destroy()
    expect(() => {
      tray.setToolTip('x')
    }).toThrow('Tray is destroyed')
    expect(() => {
      hooks.clickTray()
    }).toThrow('There is no tray icon')
  })

  it('dialogs are remembered, cancelled by default, answered in order', async () => {
    expect(await dialog.showOpenDialog({ title: 'Open' })).toEqual({ canceled: true, filePaths: [] })
    expect(await dialog.showMessageBox({ message: 'Sure?', buttons: ['Yes', 'No'] })).toMatchObject({
      response: 1,
    })
    hooks.answerNextDialog({ filePaths: ['/a.wav'] })
    hooks.answerNextDialog({ filePath: '/b.txt' })
    hooks.answerNextDialog({ response: 0, checkboxChecked: true })
    expect(await dialog.showOpenDialog({}, { title: 'In a window' })).toEqual({ canceled: false, filePaths: ['/a.wav'] }) // prettier-ignore
    expect(await dialog.showSaveDialog({})).toEqual({ canceled: false, filePath: '/b.txt' })
    expect(await dialog.showMessageBox({ message: 'Sure?' })).toEqual({ response: 0, checkboxChecked: true })
    dialog.showErrorBox('Oh', 'no')
    expect(hooks.dialogs.map(({ kind, options }) => [kind, options.title ?? options.message])).toEqual([
      ['open', 'Open'],
      ['message', 'Sure?'],
      ['open', 'In a window'],
      ['save', undefined],
      ['message', 'Sure?'],
      ['error', 'Oh'],
    ])
    expect(() => dialog.showMessageBox({ message: 'x', type: 'loud' })).toThrow('Invalid message box type')
    expect(() => dialog.showOpenDialog({ title: 1 })).toThrow('Title must be a string')
  })

  it('notifications are shown, clicked and dismissed', async () => {
    const heard: unknown[] = []
    const notification = new Notification({ title: 'Done', body: '12 words' })
    notification.on('show', () => heard.push('show'))
    notification.on('click', () => heard.push('click'))
    notification.on('close', (details) => heard.push(Reflect.get(Object(details), 'reason')))
    notification.show()
    expect(heard).toEqual([])
    await nextTurn()
    hooks.clickNotification()
    expect(() => {
      hooks.clickNotification()
    }).toThrow('There is no notification')
    notification.show()
    hooks.dismissNotification()
    notification.show()
    notification.close()
    await nextTurn()
    expect(heard).toEqual(['show', 'click', 'userCanceled'])
    expect(hooks.notifications[0]).toEqual({ title: 'Done', body: '12 words' })
  })

  it('power events come with what belongs to them', () => {
    const heard: string[] = []
    powerMonitor.on('suspend', () => heard.push('suspend'))
    powerMonitor.once('shutdown', (event: { preventDefault(): void }) => {
      event.preventDefault()
    })
    expect([hooks.power('suspend'), hooks.power('shutdown'), hooks.power('shutdown')]).toEqual([
      false,
      true,
      false,
    ])
    hooks.power('on-battery')
    expect([heard, powerMonitor.isOnBatteryPower()]).toEqual([['suspend'], true])
    hooks.setIdleSeconds(61)
    expect([powerMonitor.getSystemIdleTime(), powerMonitor.getSystemIdleState(60)]).toEqual([61, 'idle'])
    expect(() => powerMonitor.getSystemIdleState(0)).toThrow(TypeError)
  })

  it('the theme follows the system until the app decides; updated comes only with a change', async () => {
    let updates = 0
    nativeTheme.on('updated', () => updates++)
    hooks.setDark(true)
    expect(updates).toBe(0)
    await nextTurn()
    expect([nativeTheme.shouldUseDarkColors, updates]).toEqual([true, 1])
    nativeTheme.themeSource = 'dark'
    hooks.setDark(false)
    await nextTurn()
    expect([nativeTheme.shouldUseDarkColors, updates]).toEqual([true, 1])
    nativeTheme.themeSource = 'system'
    await nextTurn()
    expect([nativeTheme.shouldUseDarkColors, updates]).toEqual([false, 2])
    expect(() => {
      nativeTheme.themeSource = 'sepia' as never
    }).toThrow(TypeError)
  })

  it('displays are where tests put them, and say when they come, change and go', () => {
    const heard: unknown[] = []
    for (const event of ['display-added', 'display-removed', 'display-metrics-changed']) {
      screen.on(event, (_event, display, metrics) => heard.push([event, (display as Display).id, metrics]))
    }
    const left = { bounds: { x: 0, y: 0, width: 1000, height: 800 } }
    const right = { bounds: { x: 1000, y: 0, width: 500, height: 500 }, scaleFactor: 2 }
    hooks.arrangeDisplays([left, right])
    hooks.moveCursor({ x: 1200, y: 10 })
    expect(screen.getDisplayNearestPoint(screen.getCursorScreenPoint()).id).toBe(2)
    expect(screen.getDisplayNearestPoint({ x: 900, y: 5000 }).id).toBe(1)
    expect(screen.getDisplayMatching({ x: 900, y: 0, width: 150, height: 10 }).id).toBe(1)
    expect(screen.getPrimaryDisplay().workArea.y).toBeGreaterThan(0)
    hooks.arrangeDisplays([left])
    expect(heard).toEqual([
      ['display-metrics-changed', 1, ['bounds', 'workArea']],
      ['display-added', 2, undefined],
      ['display-removed', 2, undefined],
    ])
  })

  it('what the app opens is kept, what cannot be opened is refused', async () => {
    await shell.openExternal('https://example.org/')
    shell.showItemInFolder(folder)
    expect(await shell.openPath(folder)).toBe('')
    expect(await shell.openPath('/nowhere')).not.toBe('')
    await expect(shell.openExternal('not a url')).rejects.toThrow()
    expect(hooks.opened).toEqual(['https://example.org/', folder, folder])
  })

  it('menu items are clicked where a person finds them, and only when they can be', () => {
    const clicked: string[] = []
    const item = (label: string, more = {}): object => ({ label, click: () => clicked.push(label), ...more })
    Menu.setApplicationMenu(Menu.buildFromTemplate([{ label: 'File', submenu: [item('Open')] }] as never))
    const [tray] = [new Tray(nativeImage.createEmpty())]
    tray.setContextMenu(Menu.buildFromTemplate([item('Quit'), item('Off', { enabled: false })] as never))
    hooks.clickMenuItem('Open')
    hooks.clickMenuItem('Quit')
    expect(clicked).toEqual(['Open', 'Quit'])
    expect(() => {
      hooks.clickMenuItem('Off')
    }).toThrow('hidden or disabled')
    expect(() => {
      hooks.clickMenuItem('Nowhere')
    }).toThrow('no menu item')
    tray.destroy()
    expect(() => {
      hooks.clickMenuItem('Quit')
    }).toThrow('no menu item')
  })

  it.runIf(process.platform === 'linux')('what only other systems have is undefined', () => {
    expect(desktop.systemPreferences.getMediaAccessStatus).toBeUndefined()
    expect(desktop.systemPreferences.askForMediaAccess).toBeUndefined()
  })
})
