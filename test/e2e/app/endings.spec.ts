/** However it ends, nothing keeps running: three seconds later no process of the app is left. Looks into /proc. */
import process from 'node:process'
import type { ElectronApplication, Page } from '@playwright/test'
import { CLIP, dictate, expect, family, membersWith, startDictation, stillRunning, test } from './steno.ts'

const LEFT_AFTER_MS = 3_000

test.skip(process.platform !== 'linux', 'processes are looked up in /proc')

function mainPid(app: ElectronApplication): number {
  return app.process().pid ?? 0
}

async function expectAllGone(pids: readonly number[]): Promise<void> {
  expect(pids.length).toBeGreaterThan(2)
  await expect.poll(() => stillRunning(pids), { timeout: LEFT_AFTER_MS, intervals: [50] }).toEqual([])
}

/** Not awaited: the app may be gone before it can answer. */
function inMain(
  app: ElectronApplication,
  run: (electron: typeof Electron.CrossProcessExports) => unknown,
): void {
  app.evaluate(run).catch(() => undefined)
}

async function decoding(page: Page): Promise<void> {
  await startDictation(page)
  await page.getByText('Listening · 3 s').waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
}

test('the window is closed while it listens', async ({ startSteno }) => {
  const { app, page } = await startSteno()
  await startDictation(page)
  const pids = family(mainPid(app))
  inMain(app, ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expectAllGone(pids)
})

test('quit while decoding', async ({ startSteno }) => {
  const { app, page } = await startSteno()
  const pids = family(mainPid(app))
  await decoding(page)
  inMain(app, ({ app: main }) => {
    main.quit()
  })
  await expectAllGone(pids)
})

test('quit while starting', async ({ launch }) => {
  const { app } = await launch(process.cwd())
  const pids = family(mainPid(app))
  inMain(app, ({ app: main }) => {
    main.quit()
  })
  await expectAllGone(pids)
})

for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as const) {
  test(`${signal} to main while it listens`, async ({ startSteno }) => {
    const { app, page } = await startSteno()
    await startDictation(page)
    const pids = family(mainPid(app))
    process.kill(mainPid(app), signal)
    await expectAllGone(pids)
  })
}

test('SIGKILL to the worker: the next dictation works, and quitting leaves nothing', async ({
  startSteno,
}) => {
  const { app, page } = await startSteno()
  const [worker = 0] = membersWith(family(mainPid(app)), 'entry-')
  process.kill(worker, 'SIGKILL')
  expect((await dictate(page, CLIP.seconds)).length).toBeGreaterThan(20)
  const pids = family(mainPid(app))
  inMain(app, ({ app: main }) => {
    main.quit()
  })
  await expectAllGone([worker, ...pids])
})

test('SIGKILL to the window’s renderer: main stays, and quitting leaves nothing', async ({ startSteno }) => {
  const { app, page } = await startSteno()
  await startDictation(page)
  const pids = family(mainPid(app))
  const renderers = membersWith(pids, '--type=renderer')
  expect(renderers).not.toEqual([])
  for (const renderer of renderers) process.kill(renderer, 'SIGKILL')
  await expect.poll(() => stillRunning(renderers)).toEqual([])
  expect(stillRunning([mainPid(app)])).toHaveLength(1)
  inMain(app, ({ app: main }) => {
    main.quit()
  })
  await expectAllGone(pids)
})
