/** Everything can be done with the keyboard alone, and everything that happens is told. */
import { EMPTY_PREVIEW } from '../../../src/shared/dictation.ts'
import { sure } from '../../fakes/shown.ts'
import type { Page } from '@playwright/test'
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.ts'
import type { KeyEvent } from '../../../src/shared/keys.ts'
import { callsOf, expect, press, push, refuseNext, test } from './pages.ts'
import { withUndone } from '../../../src/main/dictation/writing.ts'
import { MODEL_PAGES, OFFERS } from './model-snapshots.ts'
import { DICTATIONS, LINES, READY, SETTINGS, TODAY_EDITED, WORKER_HUNG } from './snapshots.ts'

const PAGES = {
  dictate: DICTATIONS['notices'],
  'dictate with edits': DICTATIONS['edited'],
  'dictate with an offer': OFFERS['offer'],
  models: MODEL_PAGES['models-chosen'],
  settings: SETTINGS['settings'],
  inside: DICTATIONS['no-model'],
}

for (const [name, slices] of Object.entries(PAGES)) {
  const hash = name.split(' ')[0] ?? ''
  test(`Tab reaches every control of ${name}, each has a name and shows that it has the focus`, async ({
    open,
  }) => {
    const page = await open(`index.html#${hash}`, slices)
    await page.locator(`main[data-page=${hash}]`).waitFor()
    const controls = await page.evaluate<number>(
      `[...document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex="0"]')]
        .filter((element) => !element.disabled && (element.type !== 'radio' || element.checked))
        .map((element, index) => (element.dataset.stop = index)).length`,
    )
    const reached = new Set<string>()
    for (let step = 0; step < controls; step++) {
      await page.keyboard.press('Tab')
      reached.add(await page.evaluate<string>('document.activeElement.dataset.stop'))
      const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle')
      expect(outline).toBe('solid')
    }
    expect(reached.size).toBe(controls)
  })
}

test('start, stop and cancel by keyboard; the focus stays where it was', async ({ open }) => {
  const page = await open('index.html')
  await page.getByRole('button', { name: 'Dictate' }).focus()
  await page.keyboard.press('Enter')
  await push(page, { ...DICTATIONS['listening'] })
  await expect(page.getByRole('button', { name: 'Stop' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  expect(await callsOf(page)).toEqual(['start', 'cancel', 'stop'])
})

test('a control that goes leaves the focus to its neighbour', async ({ open }) => {
  const page = await open('index.html', DICTATIONS['listening'])
  const dictate = page.getByRole('button', { name: 'Dictate' })
  await page.getByRole('button', { name: 'Cancel' }).focus()
  await push(page, { dictation: { kind: 'idle' }, ...DICTATIONS['cancelled'] })
  await expect(dictate).toBeFocused()
  await page.getByRole('button', { name: 'Bring it back' }).focus()
  await push(page, { dictation: { kind: 'finishing', id: 13 }, outcome: undefined })
  await expect(dictate).toBeFocused()
  await push(page, { dictation: { kind: 'idle' }, ...DICTATIONS['notices'] })
  await page.getByRole('button', { name: 'Dismiss' }).first().press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})

test('the rows of today: copy, replay, retry', async ({ open }) => {
  const page = await open('index.html')
  const row = page.getByTestId('row').first()
  await row.getByRole('button', { name: 'Copy' }).press('Enter')
  await row.getByRole('button', { name: 'Play' }).press('Enter')
  await expect(row.getByRole('slider')).toBeVisible()
  await row.getByRole('button', { name: 'Write down again' }).press('Enter')
  await expect.poll(() => callsOf(page)).toEqual(['copy 12', 'retry 12'])
  await page.getByRole('button', { name: 'More' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Less' })).toBeFocused()
})

test('the edits of a row: one stop for Tab, the arrows go from one to the next, Enter undoes', async ({
  open,
}) => {
  const page = await open('index.html', DICTATIONS['edited'])
  const row = page.getByTestId('row').first()
  const edits = row.locator('.edit')
  await row.getByRole('button', { name: 'Write down again' }).focus()
  await page.keyboard.press('Tab')
  await expect(edits.first()).toBeFocused()
  await expect(row).toContainText('Left out: “um”')
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight')
  const number = row.getByRole('button', { name: '20' })
  await expect(number).toBeFocused()
  await expect(number).toHaveAccessibleDescription(/^Heard: “twenty”/)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(row.getByRole('button', { name: 'Back to raw' })).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(number).toBeFocused()
  await expect.poll(() => callsOf(page)).toEqual(['undoEdits 12 [4]'])
})

test('what is undone in a row keeps the focus and can be done again; all of it is one press', async ({
  open,
}) => {
  const page = await open('index.html', DICTATIONS['edited'])
  const row = page.getByTestId('row').nth(1)
  const undone = row.locator('.edit[data-undone=true]')
  await undone.press('Space')
  await push(page, {
    today: TODAY_EDITED.map((one) => (one.id === 11 ? { ...one, ...withUndone(one, []) } : one)),
  })
  await expect(row.getByRole('button', { name: 'Yes' })).toBeFocused()
  await expect(row).toContainText('Heard: “yes”')
  await row.getByRole('button', { name: 'Back to raw' }).press('Enter')
  await page.getByTestId('row').nth(2).getByRole('button', { name: 'Edited text' }).press('Enter')
  await expect
    .poll(() => callsOf(page))
    .toEqual(['undoEdits 11 []', 'undoEdits 11 [0,1,2,3]', 'undoEdits 10 []'])
})

test('own words: a row is taken over when it is left, and leaves the focus to the next', async ({ open }) => {
  const page = await open('index.html#settings')
  await page.getByRole('textbox', { name: 'Said, 1' }).fill('my closing')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Best wishes')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Lena')
  expect(await callsOf(page)).toEqual([])
  await page.getByRole('textbox', { name: 'Said, 2' }).focus()
  const saved = 'setSettings {"replacements":[{"from":"my closing","to":"Best wishes\\nLena"}]}'
  await expect.poll(() => callsOf(page)).toEqual([saved])
  await page.getByRole('button', { name: 'Remove: my closing' }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'Said, 1' })).toBeFocused()
  await expect.poll(() => callsOf(page)).toEqual([saved, 'setSettings {"replacements":[]}'])
})

test('the key dialog: traps and gives back the focus, shows what goes down and up, saves', async ({
  open,
}) => {
  const page = await open('index.html#settings')
  const change = page.getByRole('button', { name: 'Change the key: Talk' })
  const dialog = page.getByRole('dialog', { name: 'Talk' })
  await change.press('Enter')
  await expect(dialog.getByLabel('Keys', { exact: true })).toBeFocused()
  await expect(dialog.getByLabel('Keys', { exact: true })).toHaveValue('Right Ctrl')

  await press(page, key('down', 'ControlLeft', []))
  await press(page, key('down', 'F9', ['Control']))
  await press(page, key('up', 'F9', ['Control']))
  await press(page, key('up', 'ControlLeft', []))
  await expect(dialog.getByLabel('Keys', { exact: true })).toHaveValue('Ctrl+F9')
  await expect(dialog.getByRole('listitem')).toHaveText([
    '↓down Left Ctrl',
    '↓down F9',
    '↑up F9',
    '↑up Left Ctrl',
  ])

  for (let step = 0; step < 8; step++) {
    await page.keyboard.press('Tab')
    // The browser's own controls come after the last one; nothing of the page behind does.
    expect(
      await page.evaluate<boolean>(
        `document.activeElement === document.body || document.activeElement.closest('dialog') !== null`,
      ),
    ).toBe(true)
  }
  await dialog.getByRole('button', { name: 'Save' }).press('Enter')
  await expect(change).toBeFocused()
  expect(await callsOf(page)).toEqual([
    'watchKeys true',
    'setSettings {"talkKey":["Control","F9"]}',
    'watchKeys false',
  ])

  await change.press('Enter')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(change).toBeFocused()
})

test('the key dialog hears the page where nothing else hears keys, and says what speaks against a key', async ({
  open,
}) => {
  const page = await open('index.html#settings', SETTINGS['settings-odd'])
  await page.getByRole('button', { name: 'Change the key: Cancel' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Cancel' })
  await page.keyboard.press('Control+Shift+Space')
  await expect(dialog.getByLabel('Keys', { exact: true })).toHaveValue('Ctrl+Shift+Space')
  await expect(dialog.getByRole('status')).toContainText('already')
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'No key' }).press('Enter')
  await dialog.getByRole('button', { name: 'Save' }).press('Enter')
  expect(await callsOf(page)).toContain('setSettings {"cancelKey":null}')
})

test('words to expect are taken over when the field is left, each once', async ({ open }) => {
  const page = await open('index.html#settings')
  const field = page.getByRole('textbox', { name: 'Names and words to expect' })
  await field.fill(' Steno \n\nhop size\nSteno')
  await field.press('Tab')
  await expect(field).toHaveValue('Steno\nhop size')
  expect(await callsOf(page)).toContain('setSettings {"vocabulary":["Steno","hop size"]}')
  await field.focus()
  await field.press('Tab')
  expect((await callsOf(page)).filter((call) => call.startsWith('setSettings'))).toHaveLength(1)
})

test('the order of microphones; a row that moves keeps the focus', async ({ open }) => {
  const page = await open('index.html#settings', SETTINGS['settings'])
  await page.getByRole('button', { name: 'Move up: Built-in Audio' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Move up: Built-in Audio' })).toBeFocused()
  await page.getByRole('button', { name: 'Remove: Studio' }).press('Enter')
  await expect(page.getByRole('list', { name: 'Microphones' })).toBeFocused()
  await page.getByRole('button', { name: 'Add' }).press('Enter')
  await expect(page.getByRole('list', { name: 'Microphones' }).getByRole('listitem')).toHaveText([
    /^Built-in/,
    /^USB/,
    /^Headset/,
    /^The system/,
  ])
})

test('what happens is told once, politely; what went wrong, at once', async ({ open }) => {
  const page = await open('index.html')
  const announcer = page.getByTestId('announcer')
  await push(page, { ...DICTATIONS['listening'] })
  await push(page, { dictation: { kind: 'finishing', id: 13 } })
  await push(page, { dictation: { kind: 'idle' }, outcome: { kind: 'copied' } })
  await expect(announcer.getByRole('paragraph')).toHaveText([
    'Listening',
    'Finishing',
    `Copied: ${LINES.join(' ')}`,
  ])

  await refuseNext(page, WORKER_HUNG)
  await page.getByRole('button', { name: 'Copy again' }).click()
  await expect(page.getByRole('alert')).toContainText(WORKER_HUNG.message)
  await page.getByRole('button', { name: 'Dismiss' }).press('Enter')
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('a page begins at its top, however far the one before was scrolled', async ({ open }) => {
  const page = await open('index.html#settings')
  // So low that both pages are longer than it.
  await page.setViewportSize({ width: 880, height: 400 })
  const scrolled = async (): Promise<number> =>
    await page.evaluate<number>("document.querySelector('main').scrollTop")
  await page.evaluate("document.querySelector('main').scrollTop = 100")
  expect(await scrolled()).toBe(100)
  await page.getByRole('navigation').getByRole('link', { name: 'Privacy' }).press('Enter')
  await page.locator('main[data-page=privacy]').waitFor()
  expect(await scrolled()).toBe(0)
})

test('the text keeps its end in view, unless the reader scrolls up', async ({ open }) => {
  const page = await open('index.html', DICTATIONS['listening'])
  const lines = Array.from({ length: 5_000 }, (_, index) => `line ${index}`)
  await push(page, { lines: lines.map(sure), preview: EMPTY_PREVIEW })
  const sheet = page.getByRole('region', { name: 'Text' })
  const toEnd = async (): Promise<number> =>
    await page.evaluate<number>(`(() => {
      const { scrollHeight, scrollTop, clientHeight } = document.querySelector('.sheet')
      return scrollHeight - scrollTop - clientHeight
    })()`)
  expect(await toEnd()).toBeLessThan(2)
  await sheet.press('Home')
  const button = page.getByRole('button', { name: 'Newest words' })
  await button.waitFor()
  await push(page, { lines: [...lines, 'and one more'].map(sure) })
  expect(await toEnd()).toBeGreaterThan(1_000)
  await button.press('Enter')
  await expect.poll(toEnd).toBeLessThan(2)
  await expect(sheet).toBeFocused()
  expect(await page.getByTestId('text').textContent()).toBe([...lines, 'and one more'].join(' '))
})

test('the meter draws nothing anew but itself', async ({ open }) => {
  const page = await open('index.html', DICTATIONS['listening'])
  await page.evaluate(`(() => {
    globalThis.mutations = []
    new MutationObserver((records) => {
      for (const { target } of records) if (target.closest?.('.wave') === null) mutations.push(target.nodeName)
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
  })()`)
  for (let step = 0; step < 20; step++)
    await push(page, { meter: { seconds: 12.5, lagSeconds: 0.3, level: step / 20 } })
  expect(await page.evaluate('mutations')).toEqual([])
})

test('the chosen colours are those of the page', async ({ open }) => {
  const page = await open('index.html#settings')
  await page.getByLabel('Colours').selectOption('dark')
  await expect.poll(() => groundOf(page)).toBe('rgb(27, 26, 25)')
  await push(page, { settings: { ...DEFAULT_SETTINGS, theme: 'light' } })
  await expect.poll(() => groundOf(page)).toBe('rgb(247, 246, 244)')
  expect(READY.settings.theme).toBe('system')
})

async function groundOf(page: Page): Promise<string> {
  return await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
}

function key(kind: KeyEvent['kind'], code: string, modifiers: KeyEvent['modifiers']): KeyEvent {
  return { kind, code, modifiers }
}
