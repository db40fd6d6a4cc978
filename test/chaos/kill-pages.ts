/**
 * SIGKILL to the page that owns the microphone, and to the key hook, at random instants of dictations in the whole app
 * (on the stand-in for Electron, a clip as its microphone). What had been taken in is transcribed as an undisturbed decode
 * of it would be; what was killed comes back, and the next dictation works.
 */
import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ElectronApplication, Page } from '@playwright/test'
import { secondsIn } from '../../src/main/custody/sound-file.ts'
import { ensureVirtualDisplay } from '../../scripts/engines.ts'
import type { AppSnapshot } from '../../src/shared/dictation.ts'
import { LEAD_SECONDS, startDictation } from '../e2e/app/driver.ts'
import { prepareApp, withApp, type RunningApp } from '../e2e/app/with-app.ts'
import { VirtualDisplay } from '../fakes/virtual-display.ts'
import type { Tally } from './tally.ts'

const COMMAND = join(import.meta.dirname, '../../src/cli/transcribe.ts')
const CLIP = 'speechbrain-spk1_snt5.wav'
/** Sound that is on its way from the device when the page dies. */
const UNDER_WAY_SECONDS = 0.5
const PATIENCE_MS = 20_000
/** Kills in one life of the app. */
const LIFE = 25

interface Door {
  readonly steno: { snapshot(): Promise<{ readonly value: AppSnapshot }> }
}

export async function killPages(runs: number, random: () => number, tally: Tally): Promise<void> {
  await inApp(runs, {}, tally, async ({ app, page, clip, userData }) => {
    await startDictation(page)
    const listened = performance.now()
    await sleep(random() * 1000 * (LEAD_SECONDS + clip.seconds))
    const seconds = (performance.now() - listened) / 1000
    await killPage(app, 'capture.html')
    await until(page, ({ dictation }) => dictation.kind === 'idle')
    await judge(page, userData, seconds - UNDER_WAY_SECONDS, tally)
    await until(page, ({ devices }) => devices.length > 0)
  })
}

export async function killHooks(runs: number, random: () => number, tally: Tally): Promise<void> {
  if (runs === 0) return
  if (!ensureVirtualDisplay((text) => process.stderr.write(`${text}\n`))) {
    process.stderr.write('skipped: there is no X server here\n')
    return
  }
  await using display = await VirtualDisplay.start()
  const env = { DISPLAY: display.name, WAYLAND_DISPLAY: '', XDG_SESSION_TYPE: 'x11' }
  await inApp(runs, env, tally, async ({ app, page, clip, userData }) => {
    await until(page, ({ keys }) => keys.state === 'working')
    await startDictation(page)
    const before = random()
    await sleep(before * 1000 * (LEAD_SECONDS + clip.seconds))
    await killHook(app)
    await sleep((1 - before) * 1000 * (LEAD_SECONDS + clip.seconds))
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await until(page, ({ dictation }) => dictation.kind === 'idle')
    await judge(page, userData, LEAD_SECONDS + clip.seconds, tally)
    await until(page, ({ keys }) => keys.state === 'working')
  })
}

async function inApp(
  runs: number,
  env: Readonly<Record<string, string>>,
  tally: Tally,
  once: (running: RunningApp) => Promise<void>,
): Promise<void> {
  if (runs === 0) return
  if (!(await prepareApp())) throw new Error('there is no Chromium to run the app in')
  for (let left = runs; left > 0; left -= LIFE) {
    await withApp(
      CLIP,
      { editText: false },
      async (running) => {
        await running.page.getByText('Model Basic English').waitFor()
        for (let run = 0; run < Math.min(left, LIFE); run++) {
          tally.runs += 1
          tally.struck += 1
          await once(running)
        }
      },
      env,
    )
    process.stdout.write(`${runs - Math.max(0, left - LIFE)} kills in the app\n`)
  }
}

/** @param seconds of sound that must be there. */
async function judge(page: Page, userData: string, seconds: number, tally: Tally): Promise<void> {
  const [row] = (await snapshot(page)).today
  const folder = join(userData, 'dictations')
  const sound = readdirSync(folder).find((name) => name.endsWith(`-${row?.id ?? 0}.wav`))
  const path = join(folder, sound ?? '')
  const there = sound === undefined ? 0 : secondsIn(path)
  if (row?.outcome === undefined || there < seconds) {
    tally.lost += 1
    process.stderr.write(`${there.toFixed(2)} of ${seconds.toFixed(2)} s: ${JSON.stringify(row)}\n`)
    return
  }
  const text = there === 0 ? '' : await readFromFile(path)
  if (text === row.raw) return
  tally.mismatches += 1
  process.stderr.write(`dictation ${row.id}: “${row.raw}”, undisturbed “${text}”\n`)
}

async function readFromFile(path: string): Promise<string> {
  const command = spawn(process.execPath, [COMMAND, path], { stdio: ['ignore', 'pipe', 'ignore'] })
  const pieces: Buffer[] = []
  command.stdout.on('data', (piece: Buffer) => pieces.push(piece))
  await once(command, 'close')
  return Buffer.concat(pieces).toString().trim()
}

async function until(page: Page, is: (snapshot: AppSnapshot) => boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  while (!is(await snapshot(page))) {
    if (performance.now() > end) throw new Error('the app did not come back')
    await sleep(50)
  }
}

async function snapshot(page: Page): Promise<AppSnapshot> {
  return await page.evaluate(async () => (await (globalThis as unknown as Door).steno.snapshot()).value)
}

async function killPage(app: ElectronApplication, file: string): Promise<void> {
  await app.evaluate(({ BrowserWindow }, name) => {
    const all = BrowserWindow.getAllWindows()
    const pid = all.find((window) => window.webContents.getURL().endsWith(name))?.webContents.getOSProcessId()
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  }, file)
}

async function killHook(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ app: main }) => {
    const hook = main.getAppMetrics().find(({ name }) => name === 'Steno keys')
    if (hook !== undefined) process.kill(hook.pid, 'SIGKILL')
  })
}
