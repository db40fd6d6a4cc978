/** Tests of the two pages on their own: built, in Chromium, with a main process that says what the test wants. */
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { findChromium } from '../../../scripts/engines.ts'
import type { AppSnapshot } from '../../../src/shared/dictation.ts'
import type { WireError } from '../../../src/shared/errors.ts'
import type { KeyEvent } from '../../../src/shared/keys.ts'
import { addressOf, buildPages, removePages, servePages } from './built-pages.ts'
import { installSteno, type FakeWindow } from './fake-steno.ts'
import { READY } from './snapshots.ts'

export { expect }

interface PageFixtures {
  /** Opens a page, `index.html#settings`, with main in the state `READY` and these slices. */
  readonly open: (path: string, slices?: Partial<AppSnapshot>) => Promise<Page>
}

export const test = base.extend<PageFixtures, { readonly pages: string }>({
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

const chromium = findChromium()
test.use({
  launchOptions: chromium === undefined ? {} : { executablePath: chromium },
  locale: 'en-GB',
  timezoneId: 'UTC',
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

/** What axe calls serious or critical, one line each. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    // There are no other frames; legacy mode saves the page it would open to join them.
    .setLegacyMode(true)
    // What is well is not told.
    .options({ resultTypes: ['violations'] })
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}
