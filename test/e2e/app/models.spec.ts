/** From the first start to a model of one's own choice: offered, fetched, paused, used, compared, deleted. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Locator, Page } from '@playwright/test'
import { writeToyCtc } from '../../onnx/ctc.ts'
import { seriousFaults } from '../axe.ts'
import { modelMirror, TOY } from './model-mirror.ts'
import {
  CLIP,
  commandLineText,
  dictate,
  expect,
  LEAD_SECONDS,
  RELEASE_SECONDS,
  ROOT,
  test,
  textOf,
  type Steno,
} from './steno.ts'

const PAGES = ['Dictate', 'History', 'Models', 'Settings', 'Privacy', 'Inside']
const MEGABYTE = 1_000_000

test('first run: the offer, a download with pause and resume, the switch, a comparison, the end of it', async ({
  startSteno,
  folder,
  userData,
}) => {
  const expected = await commandLineText(CLIP)
  await using stack = new AsyncDisposableStack()
  // After a megabyte nothing more comes: there is time to pause.
  const faults = [{ kind: 'silent', after: MEGABYTE }] as const
  const { server, env } = await modelMirror(folder, { faults })
  stack.use(server)
  const { page } = await startSteno({ env, settings: { modelMirror: server.base } })

  await expect(offerOf(page)).toContainText(`${TOY.title} would write you better text`)
  await expect(offerOf(page)).toContainText('4 MB to download')
  await expect(offerOf(page)).toContainText('licence: MIT')
  await shoot(page, 'offer')
  for (const name of PAGES) await open(page, name)
  await open(page, 'Dictate')
  expect(await dictate(page, CLIP.seconds)).toBe(expected)
  expect([server.requests, requestsOf(userData)]).toEqual([[], []])

  await offerOf(page).getByRole('button', { name: 'Download' }).press('Enter')
  await expect(offerOf(page)).toContainText('1 of 4 MB')
  await expect(offerOf(page).getByRole('progressbar')).toHaveAttribute('value', '24')
  expect(await seriousFaults(page)).toEqual([])
  await open(page, 'Models')
  await button(page, 'Pause').press('Enter')
  await expect(rowOf(page)).toContainText('Paused at 1 of 4 MB.')
  await expect(button(page, 'Resume')).toBeFocused()
  await shoot(page, 'models-paused')
  await page.keyboard.press('Enter')
  await expect(rowOf(page)).toHaveAttribute('data-state', 'installed')
  expect(await seriousFaults(page)).toEqual([])

  await button(page, 'Use').press('Enter')
  await expect(button(page, 'In use')).toBeFocused()
  await open(page, 'Dictate')
  await expect(offerOf(page)).toBeHidden()
  const text = await dictate(page, CLIP.seconds)
  expect(text).not.toBe('')
  expect(text).not.toBe(expected)
  await expect(page.getByText(`Model ${TOY.title}`)).toBeVisible()

  await open(page, 'Models')
  await page.getByRole('button', { name: 'Compare' }).press('Enter')
  const readings = page.getByTestId('reading')
  await expect(readings).toHaveCount(2)
  for (const reading of await readings.all())
    await expect(reading).toHaveAttribute('data-state', 'read', { timeout: 60_000 })
  await expect(readings.filter({ hasText: 'Basic English (built in)' })).toContainText(expected)
  await expect(readings.first()).toContainText('real-time factor')
  expect(await seriousFaults(page)).toEqual([])
  await shoot(page, 'models-compared')

  await remove(page)
  await expect(page.getByRole('alert')).toContainText(`${TOY.title} is in use`)
  await page.getByRole('button', { name: 'Use: Basic English' }).press('Enter')
  await remove(page)
  await expect(rowOf(page)).toHaveAttribute('data-state', 'absent')
  expect(existsSync(join(userData, 'models', TOY.name))).toBe(false)
  await open(page, 'Dictate')
  expect(await dictate(page, CLIP.seconds)).toBe(expected)

  const asked = requestsOf(userData)
  expect(asked.length).toBe(server.requests.length)
  expect(asked.every((url) => url.startsWith(`${server.base}/toys/one/`))).toBe(true)
})

test('a download outlives the app and goes on only when it is asked to', async ({
  startSteno,
  folder,
  userData,
}) => {
  await using stack = new AsyncDisposableStack()
  const { server, env } = await modelMirror(folder, { faults: [{ kind: 'silent', after: MEGABYTE }] })
  stack.use(server)
  const settings = { modelMirror: server.base }
  const first = await startSteno({ env, settings })
  await open(first.page, 'Models')
  await button(first.page, 'Download').press('Enter')
  await expect(rowOf(first.page)).toContainText('1 of 4 MB')
  await first.app.close()

  const { page } = await startSteno({ env, settings })
  await open(page, 'Models')
  await expect(rowOf(page)).toContainText('Paused at 1 of 4 MB.')
  expect(server.requests).toHaveLength(1)
  await button(page, 'Resume').press('Enter')
  await expect(rowOf(page)).toHaveAttribute('data-state', 'installed')
  expect(server.requests[1]).toMatch(/ballast\.bin bytes=1000000-$/)
  expect(requestsOf(userData)).toHaveLength(server.requests.length)
})

test('a download that fails says why and what to do, and is whole the next time; cancelled, it leaves nothing', async ({
  startSteno,
  folder,
  userData,
}) => {
  await using stack = new AsyncDisposableStack()
  const { server, env } = await modelMirror(folder, {
    faults: [
      { kind: 'status', status: 404 },
      { kind: 'silent', after: MEGABYTE },
    ],
  })
  stack.use(server)
  const { page } = await startSteno({ env, settings: { modelMirror: server.base } })
  await open(page, 'Models')
  await button(page, 'Download').press('Enter')
  await expect(rowOf(page)).toHaveAttribute('data-state', 'failed')
  await expect(rowOf(page).locator('.bad')).toContainText('404')
  expect(await seriousFaults(page)).toEqual([])
  await button(page, 'Try again').press('Enter')
  await expect(rowOf(page)).toContainText('1 of 4 MB')
  await button(page, 'Cancel').press('Enter')
  await expect(rowOf(page)).toHaveAttribute('data-state', 'absent')
  expect(existsSync(join(userData, 'models', `.part-${TOY.name}`))).toBe(false)
  await button(page, 'Download').press('Enter')
  await expect(rowOf(page)).toHaveAttribute('data-state', 'installed')
  await button(page, 'Check files').press('Enter')
  await expect(page.getByTestId('announcer')).toContainText(`${TOY.title} is here, and as it should be.`)
})

test('a model that cannot be loaded gives way to the last good one, and says so', async ({
  startSteno,
  folder,
}) => {
  await using stack = new AsyncDisposableStack()
  const { server, env } = await modelMirror(folder, { spoilt: true })
  stack.use(server)
  const { page } = await startSteno({ env, settings: { modelMirror: server.base } })
  await offerOf(page).getByRole('button', { name: 'Download' }).press('Enter')
  await offerOf(page).getByRole('button', { name: 'Use it' }).press('Enter')
  await expect(page.getByRole('alert')).toContainText(`${TOY.title} could not be loaded`)
  await expect(page.getByText('Model Basic English (built in)')).toBeVisible()
  await open(page, 'Models')
  await expect(rowOf(page)).toHaveAttribute('data-state', 'broken')
  await expect(button(page, 'Download again')).toBeVisible()
  expect(await seriousFaults(page)).toEqual([])
})

/** As the person chooses it in the system's dialog. @returns the model's row. */
async function importFolder({ app, page }: Pick<Steno, 'app' | 'page'>, source: string): Promise<Locator> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, source)
  await open(page, 'Models')
  await page.getByRole('button', { name: 'Import a folder' }).press('Enter')
  return page.getByTestId('model').filter({ hasText: 'Imported' })
}

test('a model is imported from a folder, without a network', async ({ startSteno, folder, userData }) => {
  const source = join(folder, 'my-model')
  await writeToyCtc(source)
  const { app, page } = await startSteno()
  const row = await importFolder({ app, page }, source)
  await expect(row).toHaveAttribute('data-state', 'installed')
  await row.getByRole('button', { name: 'Use' }).press('Enter')
  await expect(page.getByText('Model my-model')).toBeVisible()
  expect(requestsOf(userData)).toEqual([])
})

test('@host another key dictates with another model, and the first key goes on with its own', async ({
  startSteno,
  folder,
}) => {
  const expected = await commandLineText(CLIP)
  const source = join(folder, 'my-model')
  await writeToyCtc(source)
  const settings = { otherTalkKey: ['Control', 'Alt', 'KeyO'], otherModel: 'my-model' }
  const { app, page } = await startSteno({ settings })
  const row = await importFolder({ app, page }, source)
  await expect(row).toContainText('Used by the other talk key')
  await open(page, 'Dictate')

  const press = (): Promise<boolean> => app.evaluate(() => __host.pressShortcut('Control+Alt+O'))
  expect(await press()).toBe(true)
  await page.locator('main[data-state=listening]').waitFor()
  // The clip plays in real time and nothing says when it has ended.
  await sleep(1000 * (LEAD_SECONDS + CLIP.seconds + RELEASE_SECONDS))
  await press()
  await page.locator('main[data-state=idle]').waitFor()
  const text = await textOf(page)
  expect(text).not.toBe('')
  expect(text).not.toBe(expected)
  expect(await dictate(page, CLIP.seconds)).toBe(expected)
})

test('a language reads with a model of its own while it is chosen', async ({ startSteno, folder }) => {
  const expected = await commandLineText(CLIP)
  const source = join(folder, 'my-model')
  await writeToyCtc(source)
  const { app, page } = await startSteno()
  const row = await importFolder({ app, page }, source)
  await expect(row).toHaveAttribute('data-state', 'installed')
  await speak(page, 'German')
  await open(page, 'Settings')
  await expect(page.getByRole('main')).toContainText('Basic English (built in) does not know German.')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('link', { name: 'Choose or download a model that does.' }).press('Enter')
  await page.getByLabel('Language to add').selectOption('German')
  await page.getByRole('button', { name: 'Add' }).press('Enter')
  await page.getByLabel('Model for German').selectOption('my-model')
  await expect(row).toContainText('Used by German')

  await open(page, 'Settings')
  // The toy says that it knows English.
  await expect(page.getByRole('main')).toContainText('my-model does not know German.')
  await open(page, 'Dictate')
  await expect(page.getByText('Model my-model')).toBeVisible()
  const text = await dictate(page, CLIP.seconds)
  expect(text).not.toBe('')
  expect(text).not.toBe(expected)
  await speak(page, 'English')
  await expect(page.getByText('Model Basic English (built in)')).toBeVisible()
  expect(await dictate(page, CLIP.seconds)).toBe(expected)
})

/** Chooses the language, and goes back to dictate. */
async function speak(page: Page, language: string): Promise<void> {
  await open(page, 'Settings')
  await page.getByLabel('Language', { exact: true }).selectOption(language)
  await open(page, 'Dictate')
}

function offerOf(page: Page): Locator {
  return page.getByTestId('offer')
}

/** Of the toy. */
function rowOf(page: Page): Locator {
  return page.getByTestId('model').filter({ hasText: TOY.title })
}

function button(page: Page, label: string): Locator {
  return page.getByRole('button', { name: `${label}: ${TOY.title}` })
}

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name }).press('Enter')
  await page.locator(`main[data-page=${name.toLowerCase()}]`).waitFor()
}

async function remove(page: Page): Promise<void> {
  await button(page, 'Delete').press('Enter')
  await page.getByRole('button', { name: 'Delete it' }).press('Enter')
}

/** Addresses that main has noted, oldest first. */
function requestsOf(userData: string): readonly string[] {
  const file = join(userData, 'network.jsonl')
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.map((line) => (JSON.parse(line) as { url: string }).url)
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(ROOT, 'out/screens', `${name}.png`) })
}
