/** The pages as they are built, from a folder of their own, under the app's policy; no Electron behind them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { BrowserContext } from '@playwright/test'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { encodeWav } from '../../../src/audio/write-wav.ts'
import { samplesOf } from '../../../src/shared/audio.ts'

const ROOT = join(import.meta.dirname, '../../..')
const ORIGIN = 'http://steno.localhost'

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'"

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

/** Builds the window and the overlay. @returns their folder. */
export async function buildPages(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'steno-pages-'))
  const root = join(ROOT, 'src/renderer')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      // As for Electron: nothing is rewritten for older browsers.
      target: 'esnext',
      rolldownOptions: { input: [join(root, 'index.html'), join(root, 'overlay.html')] },
    },
  })
  return folder
}

export async function removePages(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

/** @param path of a page, `index.html#settings`. */
export function addressOf(path: string): string {
  return `${ORIGIN}/${path}`
}

export async function servePages(context: BrowserContext, folder: string): Promise<void> {
  await context.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url())
    if (pathname.startsWith('/recordings/')) {
      const body = encodeWav(new Float32Array(samplesOf(2)))
      await route.fulfill({ body: Buffer.from(body), contentType: 'audio/wav' })
      return
    }
    const type = TYPES[extname(pathname)]
    if (type === undefined) await route.fulfill({ status: 404 })
    else
      await route.fulfill({
        body: await readFile(join(folder, pathname)),
        headers: { 'content-type': type, 'content-security-policy': POLICY },
      })
  })
}
