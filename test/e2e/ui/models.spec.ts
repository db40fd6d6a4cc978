/** The Models page and the offer, by keyboard alone; main says what becomes of each model. */
import type { ModelRow, ModelState } from '../../../src/shared/models.ts'
import { callsOf, expect, push, refuseNext, seriousFaults, test } from './pages.ts'
import { MODEL_PAGES, OFFERS } from './model-snapshots.ts'

const BUSY = MODEL_PAGES['models-busy']
const CHOSEN = MODEL_PAGES['models-chosen']
const PARAKEET = 'parakeet-tdt-0.6b-v3'

function within(rows: readonly ModelRow[] | undefined, name: string, state: ModelState): readonly ModelRow[] {
  return (rows ?? []).map((row) => (row.card.name === name ? { ...row, state } : row))
}

test('download, pause, resume, use: one button that keeps the focus and says what comes next', async ({
  open,
}) => {
  const page = await open('index.html#models', MODEL_PAGES['models'])
  const { models } = MODEL_PAGES['models'] ?? {}
  const become = (state: ModelState): Promise<void> => push(page, { models: within(models, PARAKEET, state) })
  const came = { bytes: 251_000_000, total: 670_000_000 }
  await page.getByRole('button', { name: 'Download: Parakeet' }).press('Enter')
  await become({ kind: 'downloading', ...came, bytesPerSecond: 6_400_000, secondsLeft: 65 })
  await expect(page.getByRole('progressbar', { name: 'Download of Parakeet' })).toHaveAttribute('value', '37')
  await expect(page.getByTestId('model').first()).toContainText('251 of 670 MB · 6.4 MB/s · 1 min 5 s left')
  const pause = page.getByRole('button', { name: 'Pause: Parakeet' })
  await expect(pause).toBeFocused()
  await pause.press('Enter')
  await become({ kind: 'paused', ...came })
  await expect(page.getByRole('button', { name: 'Resume: Parakeet' })).toBeFocused()
  await page.keyboard.press('Enter')
  await become({ kind: 'installed' })
  await expect(page.getByRole('button', { name: 'Use: Parakeet' })).toBeFocused()
  await page.keyboard.press('Enter')
  expect(await callsOf(page)).toEqual([
    `downloadModel "${PARAKEET}"`,
    `pauseModel "${PARAKEET}"`,
    `downloadModel "${PARAKEET}"`,
    `useModel "${PARAKEET}"`,
  ])
  await expect(page.getByTestId('announcer').getByRole('paragraph')).toHaveText([
    'Parakeet TDT 0.6B v3 is being downloaded.',
    'The download of Parakeet TDT 0.6B v3 is paused.',
    'Parakeet TDT 0.6B v3 is on this computer.',
  ])
})

test('a button that goes leaves the focus to the first of its row', async ({ open }) => {
  const page = await open('index.html#models', BUSY)
  await page.getByRole('button', { name: 'Cancel: Parakeet' }).press('Enter')
  await push(page, { models: within(BUSY?.models, PARAKEET, { kind: 'absent' }) })
  await expect(page.getByRole('button', { name: 'Download: Parakeet' })).toBeFocused()
  expect(await callsOf(page)).toEqual([`cancelModel "${PARAKEET}"`])
})

test('deleting is asked once, and only then asked of main', async ({ open }) => {
  const page = await open('index.html#models', CHOSEN)
  await page.getByRole('button', { name: 'Delete: Whisper Base' }).press('Enter')
  const question = page.getByRole('group', { name: 'Delete Whisper Base' })
  await expect(question).toContainText('Delete 77 MB from the disk?')
  await expect(question.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(question).toBeHidden()
  expect(await callsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Delete: Whisper Base' }).press('Enter')
  expect(await seriousFaults(page)).toEqual([])
  await question.getByRole('button', { name: 'Delete it' }).press('Enter')
  expect(await callsOf(page)).toEqual(['removeModel "whisper-base"'])
  await expect(page.getByRole('button', { name: 'Use: Whisper Base' })).toBeFocused()
  await expect(page.getByRole('button', { name: 'Delete: Basic English' })).toHaveCount(0)
})

test('search and filters narrow the list down and tell how much is left', async ({ open }) => {
  const page = await open('index.html#models', CHOSEN)
  const titles = page.getByTestId('model').getByRole('heading')
  await expect(titles).toHaveCount(7)
  await page.getByRole('textbox', { name: 'Search models' }).fill('japanese')
  await expect(titles).toHaveText(['Whisper Base', 'SenseVoice Small', 'Whisper Large v3 Turbo'])
  await page.getByLabel('Size').selectOption('Up to 100 MB')
  await expect(titles).toHaveText(['Whisper Base'])
  await page.getByRole('textbox', { name: 'Search models' }).fill('')
  await page.getByLabel('Language', { exact: true }).selectOption('German')
  await expect(titles).toHaveText(['Whisper Base'])
  await page.getByLabel('Size').selectOption('Any size')
  await page.getByRole('switch', { name: 'On this computer' }).press('Space')
  await expect(titles).toHaveText(['Parakeet TDT 0.6B v3', 'Whisper Base'])
  await page.getByRole('textbox', { name: 'Search models' }).fill('klingon')
  await expect(page.getByRole('main')).toContainText('No model fits')
  await expect(page.getByRole('status').filter({ hasText: 'shown' })).toHaveText('0 models shown')
})

test('which model reads: all, one language, those of another key', async ({ open }) => {
  const page = await open('index.html#models', CHOSEN)
  await page.getByLabel('All dictations').selectOption('Basic English (built in)')
  await page.getByLabel('Language to add').selectOption('French')
  await page.getByRole('button', { name: 'Add' }).press('Enter')
  await page.getByLabel('Model for French').selectOption('Whisper Base')
  await page.getByRole('button', { name: 'Remove: Japanese' }).press('Enter')
  await expect(page.getByLabel('Language to add')).toBeFocused()
  await page.getByLabel('Model of that key').selectOption('The same as for all dictations')
  await page.getByRole('button', { name: 'Change the key: Another key' }).press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  const asked = (await callsOf(page)).filter((call) => !call.startsWith('watchKeys'))
  expect(asked).toEqual([
    'useModel "starter-en"',
    'setSettings {"modelByLanguage":{"de":"parakeet-tdt-0.6b-v3","ja":"sense-voice-small","fr":"parakeet-tdt-0.6b-v3"}}',
    'setSettings {"modelByLanguage":{"de":"parakeet-tdt-0.6b-v3","ja":"sense-voice-small","fr":"whisper-base"}}',
    'setSettings {"modelByLanguage":{"de":"parakeet-tdt-0.6b-v3","fr":"whisper-base"}}',
    'setSettings {"otherModel":null}',
  ])
})

test('a comparison is begun with the models that are ticked, and can be stopped', async ({ open }) => {
  const page = await open('index.html#models', { ...CHOSEN, readings: [] })
  await page.getByRole('checkbox', { name: 'my-model' }).press('Space')
  await page.getByRole('checkbox', { name: 'Moonshine' }).press('Space')
  await page.getByLabel('Recording').selectOption({ index: 2 })
  const button = page.getByRole('button', { name: 'Compare' })
  await button.press('Enter')
  await push(page, { readings: CHOSEN?.readings ?? [] })
  await expect(page.getByRole('button', { name: 'Stop' })).toBeFocused()
  await page.keyboard.press('Enter')
  expect(await callsOf(page)).toEqual([
    'compareModels ["starter-en","parakeet-tdt-0.6b-v3","whisper-base"] 10',
    'stopComparing',
  ])
  const readings = page.getByRole('list', { name: 'Readings' }).getByRole('listitem')
  await expect(readings.first().getByRole('deletion')).toHaveCount(0)
  await expect(readings.nth(1).getByRole('deletion')).toHaveText([/beer/, /the/])
  await expect(readings.nth(1).getByRole('insertion')).toHaveText([/bear/])
  await expect(readings.nth(1)).toContainText('56 times as fast as speech')
})

test('what main refuses is on the screen; a mirror is taken over when the field is left', async ({
  open,
}) => {
  const page = await open('index.html#models', MODEL_PAGES['models'])
  await refuseNext(page, { code: 'disk-full', message: 'The disk is full.', hint: 'Free 700 MB.' })
  await page.getByRole('button', { name: 'Download: Parakeet' }).press('Enter')
  await expect(page.getByRole('alert')).toContainText('The disk is full. Free 700 MB.')
  const mirror = page.getByLabel('Download from another address')
  await mirror.fill('models.example.org')
  await expect(mirror).toHaveAccessibleDescription(/That is no address/)
  await mirror.press('Tab')
  expect((await callsOf(page)).filter((call) => call.startsWith('setSettings'))).toEqual([])
  await mirror.fill('https://models.example.org/ ')
  await mirror.press('Tab')
  expect(await callsOf(page)).toContain('setSettings {"modelMirror":"https://models.example.org"}')
  await page.getByRole('button', { name: 'Import an archive' }).press('Enter')
  expect(await callsOf(page)).toContain('importModel "archive"')
})

test('the offer: download, use; or not now, and it is not made again', async ({ open }) => {
  const page = await open('index.html', OFFERS['offer'])
  const offer = page.getByTestId('offer')
  await expect(offer).toContainText('670 MB to download')
  await expect(offer).toContainText('licence: CC-BY-4.0')
  await offer.getByRole('button', { name: 'Download' }).press('Enter')
  await push(page, { models: OFFERS['offer-downloading']?.models ?? [] })
  await expect(offer.getByRole('button', { name: 'Pause' })).toBeFocused()
  await push(page, { models: OFFERS['offer-done']?.models ?? [] })
  await offer.getByRole('button', { name: 'Use it' }).press('Enter')
  expect(await callsOf(page)).toEqual([`downloadModel "${PARAKEET}"`, `useModel "${PARAKEET}"`])
  await push(page, { models: OFFERS['offer']?.models ?? [] })
  await offer.getByRole('button', { name: 'Not now' }).press('Enter')
  await expect(offer).toBeHidden()
  await expect(page.getByRole('main')).toBeFocused()
  expect((await callsOf(page)).at(-1)).toBe('setSettings {"offerModel":false}')
})
