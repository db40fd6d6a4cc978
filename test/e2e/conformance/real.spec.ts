/** What the stand-in cannot show: these run on Electron itself only. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, inPage, inPreload, openWindow, test } from './fixture.ts'

test.describe('Electron itself', () => {
  // Source: package.json of the npm package; electron.d.ts process.versions.electron
  test('runs the version that is installed', { tag: '@real' }, async ({ app }) => {
    const file = createRequire(import.meta.url).resolve('electron/package.json')
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
    expect(await app.evaluate(() => process.versions.electron)).toBe(version)
  })

  // Source: electron.d.ts Privileges.standard; docs/api/protocol.md
  test("gives a page the origin of the app's own scheme", { tag: '@real' }, async ({ app }) => {
    const page = await openWindow(app)
    expect(await inPage(page, ({ location }) => location.origin)).toBe('app://steno')
    expect(page.url()).toBe('app://steno/index.html')
  })

  // Source: electron.d.ts IpcRenderer.sendSync, IpcMainEvent.returnValue
  test('answers sendSync while the page waits', { tag: '@real' }, async ({ app }) => {
    const page = await openWindow(app)
    await app.evaluate(({ ipcMain }) => {
      ipcMain.on('sync', (event, number: number) => {
        event.returnValue = number * 2
      })
    })
    const answer = await inPreload(
      page,
      ({ electron }) => electron.ipcRenderer.sendSync('sync', 21) as number,
    )
    expect(answer).toBe(42)
  })

  // Source: docs/api/process.md (process.type, process.sandboxed)
  test('runs the preload in a sandboxed renderer process', { tag: '@real' }, async ({ app }) => {
    const page = await openWindow(app)
    expect(await app.evaluate(() => process.type)).toBe('browser')
    const inRenderer = await inPreload(page, () => [process.type, process.sandboxed])
    expect(inRenderer).toEqual(['renderer', true])
  })
})
