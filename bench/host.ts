/** What the stand-in for Electron costs, so that a slow test is not mistaken for a slow app. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { buildApp } from '../scripts/build-app.ts'
import { findChromium } from '../scripts/engines.ts'
import type { StenoApi } from '../src/shared/app-ipc.ts'
import { pageOf } from '../test/e2e/app/driver.ts'
import { median, percentile, spread, type Section } from './figures.ts'

const LAUNCHES = 10
const CALLS = 500
const root = resolve(import.meta.dirname, '..')

interface Door {
  readonly steno: StenoApi
}

export async function hostCost(): Promise<Section | undefined> {
  if (findChromium() === undefined) return undefined
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = join(root, 'test/host/bin')
  await buildApp(root)
  const firstWindow: number[] = []
  let invokes: number[] = []
  for (let launch = 0; launch < LAUNCHES; launch++) {
    const begun = performance.now()
    await withApp(async (app) => {
      const page = await pageOf(app, 'index.html')
      await page.getByRole('button', { name: 'Dictate', exact: true }).waitFor()
      firstWindow.push(performance.now() - begun)
      if (launch > 0) return
      invokes = await invokeTimes(page)
    })
  }
  return {
    title: 'The stand-in for Electron (test/host)',
    rows: [
      {
        name: 'launch to first window',
        value: spread(firstWindow, 'ms'),
        note: `${LAUNCHES} launches, the page drawn`,
      },
      {
        name: 'invoke, window to main and back',
        value: `${median(invokes).toFixed(2)} ms (p99 ${percentile(invokes, 0.99).toFixed(1)} ms)`,
        note: `${CALLS} calls, one after the other`,
      },
    ],
    figures: {
      hostFirstWindowMsP50: median(firstWindow),
      hostFirstWindowMsP95: percentile(firstWindow, 0.95),
      hostInvokeMsP50: median(invokes),
      hostInvokeMsP99: percentile(invokes, 0.99),
    },
  }
}

async function withApp(use: (app: ElectronApplication) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'steno-bench-'))
  const env = { ...(process.env as Record<string, string>), HOME: home, XDG_CONFIG_HOME: home }
  const app = await _electron.launch({ args: [root], env, chromiumSandbox: process.getuid?.() !== 0 })
  try {
    await use(app)
  } finally {
    await app.close()
    rmSync(home, { recursive: true, force: true })
  }
}

async function invokeTimes(page: Page): Promise<number[]> {
  return await page.evaluate(async (count) => {
    const { steno } = globalThis as unknown as Door
    const times: number[] = []
    for (let call = 0; call < count; call++) {
      const begun = performance.now()
      await steno.snapshot()
      times.push(performance.now() - begun)
    }
    return times
  }, CALLS)
}
