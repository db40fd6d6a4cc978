/** A page that has been taken over: it may say what it likes to main, and gets typed errors back. */
import type { StenoApi } from '../../../src/shared/app-ipc.ts'
import { CLIP, commandLineText, dictate, expect, test } from './steno.ts'

const MESSAGES = 10_000

test(`${MESSAGES} malformed messages: main stays up, answers with typed errors, and works on`, async ({
  startSteno,
}) => {
  test.setTimeout(120_000)
  const { page } = await startSteno()
  const { codes, thrown } = await page.evaluate(async (count) => {
    const { steno } = globalThis as unknown as {
      steno: Record<keyof StenoApi, (...args: unknown[]) => unknown>
    }
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
    const names = ['cancel', 'captureFailed', 'snapshot', 'sendSound', 'endSound', 'begin'] as const
    const codes = new Set<string>()
    let thrown = 0
    const begun: number[] = []
    const next = (): readonly [(typeof names)[number], unknown[]] => {
      const name = names[random(begun.length > 20 ? 5 : 6)] ?? 'cancel'
      const args = Array.from({ length: random(4) }, junk)
      // Some of it is about a dictation that exists.
      if (begun.length > 0 && random(3) === 0) args[0] = begun[random(begun.length)]
      return [name, args]
    }
    type Reply = { ok: boolean; value?: unknown; error?: { code: string } } | undefined
    for (let turn = 0; turn < count; turn++) {
      const [name, args] = next()
      try {
        const answer = (await steno[name](...args)) as Reply
        if (answer?.ok === false) codes.add(answer.error?.code ?? 'untyped')
        if (name === 'begin' && answer?.ok === true) begun.push(answer.value as number)
      } catch {
        // What cannot be cloned never reaches main.
        thrown += 1
      }
    }
    for (const id of begun) await steno.cancel(id)
    return { codes: [...codes].sort(), thrown }
  }, MESSAGES)
  expect(codes).toEqual(['dictation-unknown', 'ipc-malformed'])
  expect(thrown).toBeLessThan(MESSAGES / 2)
  await page.reload()
  expect(await dictate(page, CLIP.seconds)).toBe(await commandLineText(CLIP))
})

test('the page has nothing of Node or Electron, and no door but window.steno', async ({ startSteno }) => {
  const { page } = await startSteno()
  const found = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
      (name) => name in globalThis,
    ),
    steno: Object.keys((globalThis as unknown as { steno: object }).steno).sort(),
    frozen: Object.isFrozen((globalThis as unknown as { steno: object }).steno),
  }))
  expect(found).toEqual({
    node: [],
    steno: [
      'begin',
      'cancel',
      'captureFailed',
      'endSound',
      'onRefused',
      'onSnapshot',
      'sendSound',
      'snapshot',
    ],
    frozen: true,
  })
})

test('the page may not leave its origin, open a window, load foreign scripts or use the camera', async ({
  startSteno,
}) => {
  const { app, page } = await startSteno()
  const refused = await page.evaluate(async () => {
    const scope = globalThis as unknown as {
      open(url: string): unknown
      navigator: { mediaDevices: { getUserMedia(wanted: object): Promise<unknown> } }
      fetch(url: string): Promise<unknown>
    }
    const outcome = (attempt: Promise<unknown>): Promise<string> =>
      attempt.then(
        () => 'allowed',
        () => 'refused',
      )
    return {
      window: scope.open('https://example.org/') === null ? 'refused' : 'allowed',
      camera: await outcome(scope.navigator.mediaDevices.getUserMedia({ video: true })),
      both: await outcome(scope.navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
      fetch: await outcome(scope.fetch('https://example.org/')),
    }
  })
  expect(refused).toEqual({ window: 'refused', camera: 'refused', both: 'refused', fetch: 'refused' })
  await page.evaluate(() => {
    ;(globalThis as unknown as { location: { href: string } }).location.href = 'https://example.org/'
  })
  await expect(page.getByRole('button', { name: 'Dictate' })).toBeVisible()
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})
