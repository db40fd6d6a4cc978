/** The app without a test runner: started on the stand-in for Electron, with a clip as its microphone, and ended. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { buildApp } from '../../../scripts/build-app.ts'
import { findChromium } from '../../../scripts/engines.ts'
import type { Settings } from '../../../src/shared/settings.ts'
import { speechClips } from '../../fakes/speech.ts'
import { microphoneArgs, microphoneFile, pageOf } from './driver.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** Builds the app. False where there is no browser to run it in. */
export async function prepareApp(): Promise<boolean> {
  if (findChromium() === undefined) return false
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = join(ROOT, 'test/host/bin')
  await buildApp(ROOT)
  return true
}

export interface RunningApp {
  readonly app: ElectronApplication
  /** The window. */
  readonly page: Page
  readonly clip: { readonly path: string; readonly seconds: number }
  readonly userData: string
}

/** @param file the clip that the microphone plays. */
export async function withApp(
  file: string,
  settings: Partial<Settings>,
  use: (running: RunningApp) => Promise<void>,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const clip = speechClips().find((one) => one.file === file)
  if (clip === undefined) throw new Error(`there is no clip ${file}`)
  const home = mkdtempSync(join(tmpdir(), 'steno-app-'))
  const userData = join(home, 'steno')
  mkdirSync(userData)
  writeFileSync(join(userData, 'settings.json'), JSON.stringify({ sounds: false, ...settings }))
  const env = { ...(process.env as Record<string, string>), HOME: home, XDG_CONFIG_HOME: home, ...more }
  const microphone = await microphoneFile([clip.path], home)
  const app = await _electron.launch({
    // A kept open microphone plays the file over and over; a closed one begins it anew each time.
    args: [...microphoneArgs(microphone, settings.keepMicrophoneOpen === true), ROOT],
    env,
    chromiumSandbox: process.getuid?.() !== 0,
  })
  try {
    await use({ app, page: await pageOf(app, 'index.html'), clip, userData })
  } finally {
    await app.close()
    rmSync(home, { recursive: true, force: true })
  }
}
