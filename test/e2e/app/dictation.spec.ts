import { CLIP, commandLineText, dictate, expect, test } from './steno.ts'

test('what is spoken into the microphone stands in the window, as the command line reads it', async ({
  startSteno,
}) => {
  const expected = await commandLineText(CLIP)
  const { page } = await startSteno()
  expect(await dictate(page, CLIP.seconds)).toBe(expected)
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('one dictation after the other, each with its own text', async ({ startSteno }) => {
  const { page } = await startSteno()
  const first = await dictate(page, CLIP.seconds)
  const second = await dictate(page, CLIP.seconds)
  expect(first.length).toBeGreaterThan(20)
  expect(second).toBe(first)
})

test('a worker that is killed while it listens is replaced, and no word is lost', async ({ startSteno }) => {
  const { app, page } = await startSteno()
  const undisturbed = await dictate(page, CLIP.seconds)
  await page.getByRole('button', { name: 'Dictate' }).click()
  await page.getByText('Listening · 2 s').waitFor()
  const killed = await app.evaluate(({ app: main }) => {
    const worker = main.getAppMetrics().find(({ name }) => name === 'Steno transcription')
    if (worker !== undefined) process.kill(worker.pid, 'SIGKILL')
    return worker?.pid
  })
  expect(killed).toBeGreaterThan(0)
  await page.getByText('Listening · 4 s').waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.locator('main[data-state=idle]').waitFor()
  expect(await page.getByTestId('text').textContent()).toBe(undisturbed)
})
