/** Tests of the two pages on their own: built, in Chromium, with a main process that says what the test wants. */
import { test as base, expect, type Page } from '@playwright/test'
import { findChromium } from '../../../scripts/engines.ts'
import type { AppSnapshot } from '../../../src/shared/dictation.ts'
import type { WireError } from '../../../src/shared/errors.ts'
import type { KeyEvent } from '../../../src/shared/keys.ts'
import { addressOf, buildPages, removePages, servePages } from './built-pages.ts'
import { installSteno, type FakeWindow } from './fake-steno.ts'
import { READY } from './snapshots.ts'

export { expect }
export { seriousFaults } from '../axe.ts'

const chromium = findChromium()

interface PageFixtures {
  /** Opens a page, `index.html#settings`, with main in the state `READY` and these slices. */
  readonly open: (path: string, slices?: Partial<AppSnapshot>) => Promise<Page>
}

// Options of the test itself, not `test.use()`: that would count for the first file alone that imports this one.
export const test = base.extend<PageFixtures, { readonly pages: string }>({
  launchOptions: [chromium === undefined ? {} : { executablePath: chromium }, { scope: 'worker' }],
  locale: 'en-GB',
  timezoneId: 'UTC',
  pages: [
    async ({ browserName: _ }, use) => {
      const folder = await buildPages()
      await use(folder)
      await removePages(folder)
    },
    { scope: 'worker' },
  ],
  open: async ({ context, page, pages }, use) => {
    const troubles: string[] = []
    page.on('pageerror', ({ message }) => troubles.push(message))
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) troubles.push(message.text())
    })
    await servePages(context, pages)
    await use(async (path, slices = {}) => {
      await page.addInitScript(installSteno, { ...READY, ...slices })
      await page.goto(addressOf(path))
      return page
    })
    expect(troubles).toEqual([])
  },
})

/** Main says that these slices have changed, one message after the other. */
export async function push(page: Page, ...messages: readonly Partial<AppSnapshot>[]): Promise<void> {
  await page.evaluate((changes) => {
    const { fakeMain } = globalThis as unknown as FakeWindow
    for (const change of changes) fakeMain.push(change)
  }, messages)
}

export async function press(page: Page, event: KeyEvent): Promise<void> {
  await page.evaluate((key) => {
    const { fakeMain } = globalThis as unknown as FakeWindow
    fakeMain.press(key)
  }, event)
}

export async function refuseNext(page: Page, error: WireError): Promise<void> {
  await page.evaluate((refusal) => {
    const { fakeMain } = globalThis as unknown as FakeWindow
    fakeMain.refusal = refusal
  }, error)
}

/** What the page asked main for since it was opened. */
export async function callsOf(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => (globalThis as unknown as FakeWindow).fakeMain.calls)
}
