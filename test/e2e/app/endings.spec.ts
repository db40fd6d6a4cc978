/**
 * However it ends, nothing keeps running, and what was said until then is there at the next start. Looks into /proc.
 */
import process from 'node:process'
import type { ElectronApplication, Page } from '@playwright/test'
import {
  CLIP,
  clipboardText,
  commandLineText,
  dictate,
  expect,
  family,
  LEAD_SECONDS,
  membersWith,
  pageOf,
  RELEASE_SECONDS,
  ROOT,
  startDictation,
  stillRunning,
  test,
  type StartOptions,
  type Steno,
} from './steno.ts'

/** Under three seconds on a machine that does nothing else; a busy one gets as long as it takes to start things. */
const LEFT_AFTER_MS = 15_000

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

function closeWindow(app: ElectronApplication): void {
  inMain(app, ({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.webContents.getURL().endsWith('index.html'))
      ?.close()
  })
}

/** Speaks the whole clip and leaves the dictation open; main has the sound of it. */
async function speak(page: Page): Promise<void> {
  await startDictation(page)
  const heard = (): Promise<number> =>
    page.evaluate(async () => {
      const { steno } = globalThis as unknown as {
        steno: { snapshot(): Promise<{ value: { meter: { seconds: number } } }> }
      }
      return (await steno.snapshot()).value.meter.seconds
    })
  await expect.poll(heard).toBeGreaterThan(LEAD_SECONDS + CLIP.seconds + RELEASE_SECONDS)
}

/** The next start works and has the words, decoded before the end or after it. */
/** One that is asked to leave may still copy the text on its way; what is killed cannot. */
async function expectRecovered(
  startSteno: (options?: StartOptions) => Promise<Steno>,
  killed = false,
): Promise<void> {
  const { page } = await startSteno()
  const row = page.getByTestId('row').first()
  await expect(row).toHaveAttribute('data-outcome', killed ? 'interrupted' : /^(copied|interrupted)$/)
  await expect(row).toContainText(await commandLineText(CLIP))
  if (killed) await expect(page.getByText(/^Recovered from \d/).first()).toBeVisible()
  expect((await dictate(page, CLIP.seconds)).length).toBeGreaterThan(20)
}

test('the window is closed while it listens: the dictation goes on in the tray, and gives its memory back after it', async ({
  startSteno,
  startBare,
}) => {
  const { app, page } = await startSteno()
  await speak(page)
  const [worker = 0] = membersWith(family(mainPid(app)), 'entry-')
  const overlay = await pageOf(app, 'overlay.html')
  closeWindow(app)
  await page.waitForEvent('close')
  expect(await overlay.getByTestId('pill').getAttribute('data-state')).toBe('listening')
  startBare(ROOT, ['--stop'])
  await expect
    .poll(() => app.evaluate(({ clipboard }) => clipboard.readText()))
    .toBe(await commandLineText(CLIP))
  await expect.poll(() => stillRunning([worker]), { timeout: LEFT_AFTER_MS }).toEqual([])
  // Starting Steno again shows the window of the one that runs.
  startBare(ROOT)
  const again = await pageOf(app, 'index.html')
  await expect(again.getByTestId('row')).toHaveCount(1)
  const pids = family(mainPid(app))
  inMain(app, ({ app: main }) => {
    main.quit()
  })
  await expectAllGone(pids)
})

test('the window is closed while it listens, and closing is to quit: what was said is kept', async ({
  startSteno,
}) => {
  const { app, page } = await startSteno({ settings: { whenClosed: 'quit' } })
  await speak(page)
  const pids = family(mainPid(app))
  closeWindow(app)
  await expectAllGone(pids)
  await expectRecovered(startSteno)
})

test('quit while listening: what was said is kept', async ({ startSteno }) => {
  const { app, page } = await startSteno()
  await speak(page)
  const pids = family(mainPid(app))
  inMain(app, ({ app: main }) => {
    main.quit()
  })
  await expectAllGone(pids)
  await expectRecovered(startSteno)
})

test('quit while decoding', async ({ startSteno }) => {
  const { app, page } = await startSteno()
  await speak(page)
  const pids = family(mainPid(app))
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  inMain(app, ({ app: main }) => {
    main.quit()
  })
  await expectAllGone(pids)
  const { page: next } = await startSteno()
  await expect(next.getByTestId('row').first()).toContainText(await commandLineText(CLIP))
})

test('quit while starting', async ({ launch }) => {
  const { app } = await launch(ROOT)
  const pids = family(mainPid(app))
  // Awaited: what is asked of a main that has hardly begun may be lost, and then nobody asked it to leave.
  await app.evaluate(({ app: main }) => {
    setImmediate(() => {
      main.quit()
    })
  })
  await expectAllGone(pids)
})

for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as const) {
  test(`${signal} to main while it listens: what was said is kept`, async ({ startSteno }) => {
    const { app, page } = await startSteno()
    await speak(page)
    const pids = family(mainPid(app))
    process.kill(mainPid(app), signal)
    await expectAllGone(pids)
    await expectRecovered(startSteno, signal === 'SIGKILL')
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

test('the microphone’s page crashes while it listens: what was said is transcribed, and the next one works', async ({
  startSteno,
}) => {
  const { app, page } = await startSteno()
  await speak(page)
  inMain(app, ({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.webContents.getURL().endsWith('capture.html'))
      ?.webContents.forcefullyCrashRenderer()
  })
  await expect(page.getByTestId('row').first()).toHaveAttribute('data-outcome', 'copied')
  await expect(page.getByTestId('row').first()).toContainText(await commandLineText(CLIP))
  expect((await dictate(page, CLIP.seconds)).length).toBeGreaterThan(20)
})

test('the window’s page crashes while it listens: it comes back, and the dictation never stopped', async ({
  startSteno,
}) => {
  const { app, page } = await startSteno()
  await speak(page)
  inMain(app, ({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.webContents.getURL().endsWith('index.html'))
      ?.webContents.forcefullyCrashRenderer()
  })
  // Playwright gives a crashed page up for ever: main looks instead.
  const stateInWindow = (): Promise<unknown> =>
    app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows().find((window) =>
        window.webContents.getURL().endsWith('index.html'),
      )?.webContents
      if (contents === undefined || contents.isCrashed() || contents.isLoading()) return undefined
      return (await contents
        .executeJavaScript('document.querySelector("main")?.dataset.state')
        .catch(() => undefined)) as unknown
    })
  await expect.poll(stateInWindow).toBe('listening')
  await app.evaluate(({ app: main }) => {
    main.emit('second-instance', {}, ['steno', '--stop'], '', {})
  })
  await expect.poll(() => clipboardText(app)).toBe(await commandLineText(CLIP))
})

test('every renderer is killed while it listens: main stays, and quitting leaves nothing', async ({
  startSteno,
}) => {
  const { app, page } = await startSteno()
  await startDictation(page)
  const pids = family(mainPid(app))
  const renderers = membersWith(pids, '--type=renderer')
  expect(renderers).not.toEqual([])
  for (const renderer of renderers) process.kill(renderer, 'SIGKILL')
  await expect.poll(() => stillRunning(renderers)).toEqual([])
  expect(stillRunning([mainPid(app)])).toHaveLength(1)
  const now = family(mainPid(app))
  inMain(app, ({ app: main }) => {
    main.quit()
  })
  await expectAllGone([...pids, ...now])
})

test('@host sleep in mid-sentence: what was said is transcribed, and after waking the next one works', async ({
  startSteno,
}) => {
  const { app, page } = await startSteno()
  await speak(page)
  await app.evaluate(() => {
    __host.power('suspend')
  })
  await page.locator('main[data-state=idle]').waitFor()
  await expect(page.getByTestId('row').first()).toContainText(await commandLineText(CLIP))
  await app.evaluate(() => {
    __host.power('resume')
  })
  expect((await dictate(page, CLIP.seconds)).length).toBeGreaterThan(20)
})

test('a second launch leaves, and there is one worker still', async ({ startSteno, startBare }) => {
  const { app } = await startSteno()
  const before = membersWith(family(mainPid(app)), 'entry-').length
  const begun = performance.now()
  const second = startBare(ROOT)
  await new Promise((resolve) => second.once('exit', resolve))
  expect(performance.now() - begun).toBeLessThan(10_000)
  expect(membersWith(family(mainPid(app)), 'entry-')).toHaveLength(before)
})
