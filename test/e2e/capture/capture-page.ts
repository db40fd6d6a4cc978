/** The built page that owns the microphone in real Chromium, under the app's policy, with a test as its main. */
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join, normalize, resolve } from 'node:path'
import { chromium, expect, test as base, type Page } from '@playwright/test'
import { findChromium } from '../../../scripts/engines.ts'
import { encodeWav } from '../../../src/audio/write-wav.ts'
import type { Pcm } from '../../../src/shared/audio.ts'
import type { CaptureCommand, CaptureEvent } from '../../../src/shared/capture.ts'
import { installWorld, type PageWorld } from './page-world.ts'

export { expect } from '@playwright/test'

const RENDERER = resolve(import.meta.dirname, '../../../out/renderer')

/** As src/main/renderer-scheme.ts serves it. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'"
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.onnx': 'application/octet-stream',
}

declare global {
  var world: PageWorld
}

export interface CapturePage {
  readonly page: Page
  /** What the page would have done against its policy, and what it failed at. */
  readonly complaints: readonly string[]
  readonly command: (command: CaptureCommand) => Promise<void>
}

interface Fixtures {
  /** Opens the page; the microphone plays `sound` once from the moment it is opened. */
  readonly openPage: (sound: Pcm, args?: readonly string[]) => Promise<CapturePage>
}

export const test = base.extend<Fixtures>({
  openPage: async ({ browserName: _ }, use) => {
    await using stack = new AsyncDisposableStack()
    const server = createServer(({ url = '/' }, response) => {
      const file = normalize(join(RENDERER, new URL(url, 'http://localhost').pathname))
      response.setHeader('content-security-policy', POLICY)
      response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain')
      createReadStream(file)
        .on('error', () => response.writeHead(404).end())
        .pipe(response)
    })
    stack.defer(() => {
      server.close()
      server.closeAllConnections()
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as AddressInfo

    await use(async (sound, args = []) => {
      const folder = await mkdtemp(join(tmpdir(), 'steno-capture-'))
      stack.defer(() => rm(folder, { recursive: true, force: true }))
      const file = join(folder, 'microphone.wav')
      await writeFile(file, encodeWav(sound))
      const executablePath = findChromium()
      const browser = await chromium.launch({
        ...(executablePath === undefined ? {} : { executablePath }),
        args: [
          '--use-fake-ui-for-media-stream',
          '--use-fake-device-for-media-stream',
          `--use-file-for-fake-audio-capture=${file}%noloop`,
          ...args,
        ],
      })
      stack.defer(() => browser.close())
      const page = await browser.newPage()
      const complaints: string[] = []
      page.on('pageerror', ({ message }) => complaints.push(message))
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      await page.addInitScript(installWorld)
      await page.goto(`http://localhost:${port}/capture.html`)
      await page.waitForFunction(() => world.events.some(({ kind }) => kind === 'devices'))
      return {
        page,
        complaints,
        command: (command) =>
          page.evaluate((wanted) => {
            world.command(wanted)
          }, command),
      }
    })
  },
})

/** Nothing is kept open, nothing is listened for: what a test changes it names. */
export const PLAIN = {
  kind: 'configure',
  microphones: [],
  keepOpen: false,
  handsFree: false,
  autoStop: false,
} as const

/** Waits until main has so much sound of a dictation. */
export async function heard(page: Page, id: number, samples: number): Promise<void> {
  await page.waitForFunction(
    ([wanted, least]) =>
      (world.sounds.get(wanted)?.frames.reduce((sum, { length }) => sum + length, 0) ?? 0) >= least,
    [id, samples] as const,
  )
}

export interface SoundFacts {
  readonly pcm: Pcm
  /** From the start to the first sample. */
  readonly firstMs: number
  /** From the stop to the end. */
  readonly endMs: number
}

/** Waits for the end of a dictation's sound; checks that its frames follow each other. */
export async function soundOf(page: Page, id: number): Promise<SoundFacts> {
  await page.waitForFunction((wanted) => world.sounds.get(wanted)?.samples !== undefined, id)
  const { froms, lengths, values, samples, firstMs, endMs } = await page.evaluate((wanted) => {
    const sound = world.sounds.get(wanted)
    if (sound === undefined) throw new Error(`there is no dictation ${wanted}`)
    return {
      froms: sound.froms,
      lengths: sound.frames.map(({ length }) => length),
      values: sound.frames.flatMap((frame) => [...frame]),
      samples: sound.samples,
      firstMs: (sound.firstAt ?? NaN) - sound.startedAt,
      endMs: (sound.endedAt ?? NaN) - (sound.stoppedAt ?? NaN),
    }
  }, id)
  let expected = 0
  for (const [index, from] of froms.entries()) {
    expect(from).toBe(expected)
    expected += lengths[index] ?? 0
  }
  expect(samples).toBe(expected)
  return { pcm: Float32Array.from(values), firstMs, endMs }
}

export async function eventsOf(page: Page, kind: CaptureEvent['kind']): Promise<CaptureEvent[]> {
  const events = await page.evaluate(() => world.events)
  return events.filter((event) => event.kind === kind).map(({ at: _, ...event }) => event)
}

export async function told(page: Page, kind: CaptureEvent['kind'], count = 1): Promise<void> {
  await page.waitForFunction(
    ([wanted, least]) => world.events.filter((event) => event.kind === wanted).length >= least,
    [kind, count] as const,
  )
}

/** Tracks that hold a device and audio contexts that hold a loudspeaker. */
export async function held(page: Page): Promise<{ readonly tracks: number; readonly contexts: number }> {
  return await page.evaluate(() => ({
    tracks: world.tracks.filter(({ readyState }) => readyState === 'live').length,
    contexts: world.contexts.filter(({ state }) => state !== 'closed').length,
  }))
}
