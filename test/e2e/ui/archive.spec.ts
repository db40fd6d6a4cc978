/** The history, privacy and the log: what they show, what they ask of main, and pictures of them. */
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { ModelRow } from '../../../src/shared/models.ts'
import { HISTORY, LOG, PRIVACY, WORDS } from './archive-data.ts'
import type { FakeWindow } from './fake-steno.ts'
import { MODELS } from './model-snapshots.ts'
import { expect, seriousFaults, test } from './pages.ts'

const FOLDER = join(import.meta.dirname, '../../../out/screens/ui')
const SIZES = { wide: { width: 880, height: 1_100 }, narrow: { width: 420, height: 1_100 } } as const

const TWO: readonly ModelRow[] = MODELS.slice(0, 2).map((row) => ({ ...row, state: { kind: 'installed' } }))

/** Gives main its answers before the page asks. */
async function prepare(page: Page): Promise<void> {
  await page.evaluate(
    (known) => {
      Object.assign((globalThis as unknown as FakeWindow).fakeMain, known)
    },
    { history: HISTORY, words: WORDS, privacy: PRIVACY, log: LOG },
  )
}

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate(`location.hash = '${hash}'`)
  await page.locator(`main[data-page=${hash}]`).waitFor()
}

async function calls(page: Page): Promise<readonly string[]> {
  return await page.evaluate(() => (globalThis as unknown as FakeWindow).fakeMain.calls)
}

async function overflowing(page: Page): Promise<unknown> {
  return await page.evaluate(`[...document.querySelectorAll('body *:not(.visually-hidden)')]
    .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((element) => element.outerHTML.slice(0, 80))`)
}

for (const theme of ['light', 'dark'] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`history, privacy and log, ${theme} and ${size}`, async ({ open }) => {
      const page = await open('index.html')
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.setViewportSize(viewport)
      await go(page, 'history')
      await page.getByText('Nothing fits.').waitFor()
      await page.screenshot({ path: join(FOLDER, `history-empty-${size}-${theme}.png`) })
      await prepare(page)
      await go(page, 'privacy')
      await page.getByText('119 MB').waitFor()
      for (const hash of ['history', 'privacy', 'inside']) {
        await go(page, hash)
        if (hash === 'history') await page.getByText('61 dictations').waitFor()
        if (hash === 'inside') await page.getByText('SIGKILL').waitFor()
        await page.screenshot({ path: join(FOLDER, `archive-${hash}-${size}-${theme}.png`), fullPage: true })
        expect.soft(await overflowing(page), hash).toEqual([])
        if (size === 'wide') expect.soft(await seriousFaults(page), hash).toEqual([])
      }
    })
  }
}

test('what is typed is searched for, and everything of a dictation is a press away', async ({ open }) => {
  const page = await open('index.html')
  await prepare(page)
  await go(page, 'history')
  const entries = page.getByTestId('entry')
  await expect(entries).toHaveCount(5)
  await page.getByRole('searchbox').fill('odor')
  await expect(entries).toHaveCount(1)
  await page.getByRole('button', { name: /^Take the star/ }).click()
  await page.getByRole('button', { name: /^Edit the tags/ }).click()
  await page.getByRole('textbox', { name: /^Tags of/ }).fill('work,  idea')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Copy the text/ }).click()
  await page.getByRole('button', { name: /^Delete/ }).click()
  await page.getByRole('button', { name: 'Keep' }).click()
  await page.getByRole('button', { name: /^Delete/ }).click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByRole('combobox', { name: 'Format' }).selectOption('srt')
  await page.getByRole('button', { name: 'Export …' }).click()
  await expect(page.getByText('Saved as /home/me/a.txt')).toBeVisible()
  const asked = (await calls(page)).filter((call) => !call.startsWith('searchHistory'))
  expect(asked).toEqual([
    'star 9 false',
    'tag 9 ["work","idea"]',
    'copy 9',
    'remove [9]',
    'exportDictations {"query":{"text":"odor","since":null,"outcome":null,"starred":false,"tag":null}} "srt"',
  ])
})

test('the words of a recording are there while it plays', async ({ open }) => {
  const page = await open('index.html')
  await prepare(page)
  await go(page, 'history')
  await page.getByRole('button', { name: /^Play/ }).first().click()
  await expect(page.locator('.said')).toHaveCount(WORDS.length)
})

test('another model reads the same recording, and its text can take the place of the old one', async ({
  open,
}) => {
  const page = await open('index.html', { models: TWO })
  await prepare(page)
  await page.setViewportSize(SIZES.wide)
  await go(page, 'history')
  const first = page.getByTestId('entry').first()
  await first.getByRole('button', { name: /with another model$/ }).click()
  await first.getByRole('button', { name: 'Read', exact: true }).click()
  await expect(first.locator('ins')).toHaveText(['makes', 'ode.'])
  await page.screenshot({ path: join(FOLDER, 'history-another-reading-wide.png') })
  expect(await seriousFaults(page)).toEqual([])
  await first.getByRole('button', { name: 'Use this text' }).click()
  const asked = (await calls(page)).filter((call) => /^(reread|take)/.test(call))
  expect(asked).toEqual(['reread 9 "parakeet-tdt-0.6b-v3"', 'takeReading 9 "parakeet-tdt-0.6b-v3"'])
})

test('older ones come when they are asked for', async ({ open }) => {
  const page = await open('index.html')
  await prepare(page)
  await go(page, 'history')
  await page.getByRole('button', { name: 'Show older ones' }).click()
  await expect.poll(async () => (await calls(page)).at(-1)).toMatch(/^searchHistory .* 5$/)
})

test('how long dictations stay is a setting, files are shown where they are, and the report is saved', async ({
  open,
}) => {
  const page = await open('index.html')
  await prepare(page)
  await go(page, 'privacy')
  await page.getByRole('combobox', { name: 'Keep them for' }).selectOption('30')
  await page.getByRole('button', { name: 'Show in folder: Sound' }).click()
  await page.getByRole('button', { name: 'Delete: Log' }).click()
  await go(page, 'inside')
  await page.getByRole('combobox', { name: 'Lines to show' }).selectOption('warn')
  await expect(page.getByText('info started')).toHaveCount(0)
  await page.getByRole('button', { name: 'Save a report …' }).click()
  await expect(page.getByText('Saved as /home/me/diagnostics.txt')).toBeVisible()
  expect((await calls(page)).filter((call) => !/^(look|read)/.test(call))).toEqual([
    'setSettings {"keepDays":30}',
    'showKept "sounds"',
    'clearKept "logs"',
    'saveBundle',
  ])
})
