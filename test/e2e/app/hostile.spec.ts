/** A page that has been taken over: it may say what it likes to main, and gets typed errors back. */
import type { Page } from '@playwright/test'
import {
  CLIP,
  commandLineText,
  dictate,
  expect,
  pageOf,
  startDictation,
  stopDictation,
  test,
} from './steno.ts'

const MESSAGES = 10_000

interface Attack {
  /** Codes of the errors that came back. */
  readonly codes: readonly string[]
  /** Messages that could not be cloned and never reached main. */
  readonly thrown: number
}

/** Calls the named methods of `window[door]` with rubbish, `count` times. */
/** All that take arguments of the page's own: those of the models would need a name that the catalogue has. */
const WINDOW_METHODS = [
  ...['copy', 'retry', 'undoEdits', 'setSettings', 'watchKeys', 'dismissNotice'],
  ...['searchHistory', 'wordsOf', 'star', 'tag', 'remove', 'exportDictations', 'reread', 'takeReading'],
  ...['showKept', 'clearKept', 'importModel', 'compareModels'],
]

function attack(page: Page, door: string, names: readonly string[], count: number): Promise<Attack> {
  return page.evaluate(
    async ({ door, names, count }) => {
      const methods = (
        globalThis as unknown as Record<string, Record<string, (...args: unknown[]) => unknown>>
      )[door]
      let seed = 1
      const random = (below: number): number => {
        seed = (Math.imul(1_664_525, seed) + 1_013_904_223) >>> 0
        return seed % below
      }
      const junk = (): unknown => {
        const values: unknown[] = [
          undefined,
          null,
          NaN,
          -1,
          0,
          1.5,
          7,
          1e308,
          2 ** 53,
          '',
          'x'.repeat(10_000),
          '__proto__',
          true,
          [],
          [[[]]],
          {},
          { id: 1 },
          { kind: 'hello', more: 1 },
          { kind: 'failed', id: 'x' },
          { kind: 'devices', devices: [{ id: 1 }] },
          { talkKey: ['<b>'] },
          { sounds: 7 },
          { toString: 'x' },
          new Map([[1, 2]]),
          new Set([1]),
          new Date(NaN),
          5n,
          new Float32Array(3),
          new Float64Array(3),
          new ArrayBuffer(8),
          new Uint8Array(100_000),
          new Error('boo'),
          [undefined, null],
        ]
        return values[random(values.length)]
      }
      const codes = new Set<string>()
      let thrown = 0
      for (let turn = 0; turn < count; turn++) {
        const args = Array.from({ length: 1 + random(3) }, junk)
        try {
          const answer = (await methods?.[names[random(names.length)] ?? '']?.(...args)) as
            { ok: boolean; error?: { code: string } } | undefined
          if (answer?.ok === false) codes.add(answer.error?.code ?? 'untyped')
        } catch {
          thrown += 1
        }
      }
      return { codes: [...codes].sort(), thrown }
    },
    { door, names, count },
  )
}

test(`${MESSAGES} malformed messages: main stays up, answers with typed errors, and works on`, async ({
  startSteno,
}) => {
  test.setTimeout(240_000)
  const { app, page } = await startSteno()
  const before = await settingsOf(page)
  const fromWindow = await attack(page, 'steno', WINDOW_METHODS, MESSAGES / 2)
  expect(fromWindow.codes).toEqual(['dictation-unknown', 'ipc-malformed'])
  const capture = await pageOf(app, 'capture.html')
  const fromCapture = await attack(capture, 'stenoCapture', ['tell', 'sendSound', 'endSound'], MESSAGES / 2)
  expect(fromCapture.codes).toEqual(['ipc-malformed'])
  expect(fromWindow.thrown + fromCapture.thrown).toBeLessThan(MESSAGES / 2)
  expect(await settingsOf(page)).toEqual(before)
  await page.evaluate(async () => {
    await (globalThis as unknown as { steno: { watchKeys(on: boolean): Promise<unknown> } }).steno.watchKeys(
      false,
    )
  })
  await page.reload()
  await capture.reload()
  await page.locator('main[data-state=idle]').waitFor()
  expect(await dictate(page, CLIP.seconds)).toBe(await commandLineText(CLIP))
})

test('each page has its own door and no other', async ({ startSteno }) => {
  const { app, page } = await startSteno()
  const doors = (): { node: string[]; doors: string[]; frozen: boolean } => {
    const scope = globalThis as unknown as Record<string, object>
    const found = ['steno', 'stenoCapture'].filter((name) => name in scope)
    return {
      node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
        (name) => name in scope,
      ),
      doors: found,
      frozen: found.every((name) => Object.isFrozen(scope[name])),
    }
  }
  const overlay = await pageOf(app, 'overlay.html')
  const capture = await pageOf(app, 'capture.html')
  expect(await page.evaluate(doors)).toEqual({ node: [], doors: ['steno'], frozen: true })
  expect(await overlay.evaluate(doors)).toEqual({ node: [], doors: ['steno'], frozen: true })
  expect(await capture.evaluate(doors)).toEqual({ node: [], doors: ['stenoCapture'], frozen: true })
  // The overlay shows; it asks for nothing.
  const asked = await overlay.evaluate(async () => {
    const { steno } = globalThis as unknown as {
      steno: Record<string, (...args: unknown[]) => Promise<{ ok: boolean; error?: { code: string } }>>
    }
    const answers = await Promise.all([
      steno['start']?.(),
      steno['setSettings']?.({ sounds: true }),
      steno['watchKeys']?.(true),
      steno['copy']?.(1),
    ])
    return answers.map((answer) => answer?.error?.code)
  })
  expect(asked).toEqual(Array(4).fill('ipc-refused'))
})

test('no page may leave its origin, open a window, load foreign scripts, use the camera; one hears the microphone', async ({
  startSteno,
}) => {
  const { app, page } = await startSteno()
  const probe = async (): Promise<Record<string, string>> => {
    const scope = globalThis as unknown as {
      open(url: string): unknown
      navigator: {
        mediaDevices: { getUserMedia(wanted: object): Promise<{ getTracks(): { stop(): void }[] }> }
      }
      fetch(url: string): Promise<unknown>
      WebAssembly: { compile(bytes: Uint8Array): Promise<unknown> }
    }
    const outcome = (attempt: Promise<unknown>): Promise<string> =>
      attempt.then(
        () => 'allowed',
        () => 'refused',
      )
    const listen = scope.navigator.mediaDevices.getUserMedia({ audio: true }).then((stream) => {
      for (const track of stream.getTracks()) track.stop()
    })
    return {
      window: scope.open('https://example.org/') === null ? 'refused' : 'allowed',
      microphone: await outcome(listen),
      camera: await outcome(scope.navigator.mediaDevices.getUserMedia({ video: true })),
      both: await outcome(scope.navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
      fetch: await outcome(scope.fetch('https://example.org/')),
    }
  }
  const refused = { window: 'refused', camera: 'refused', both: 'refused', fetch: 'refused' }
  const overlay = await pageOf(app, 'overlay.html')
  const capture = await pageOf(app, 'capture.html')
  expect(await page.evaluate(probe)).toEqual({ ...refused, microphone: 'refused' })
  expect(await overlay.evaluate(probe)).toEqual({ ...refused, microphone: 'refused' })
  expect(await capture.evaluate(probe)).toEqual({ ...refused, microphone: 'allowed' })
  const windows = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  await page.evaluate(() => {
    ;(globalThis as unknown as { location: { href: string } }).location.href = 'https://example.org/'
  })
  await startDictation(page)
  await stopDictation(page)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(windows)
})

function settingsOf(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const { steno } = globalThis as unknown as {
      steno: { snapshot(): Promise<{ value: { settings: unknown } }> }
    }
    return (await steno.snapshot()).value.settings
  })
}
