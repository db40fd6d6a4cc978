import { CLIP, clipboardText, commandLineText, dictate, expect, startDictation, stopDictation, test, textOf } from './steno.ts'

test('what is spoken stands in the window, on the clipboard and in the list, as the command line reads it', async ({
  startSteno,
}) => {
  const expected = await commandLineText(CLIP)
  const { app, page } = await startSteno()
  expect(await dictate(page, CLIP.seconds)).toBe(expected)
  expect(await clipboardText(app)).toBe(expected)
  await expect(page.getByTestId('row')).toHaveCount(1)
  await expect(page.getByTestId('row')).toContainText(expected)
  await expect(page.getByRole('alert')).toHaveCount(0)
})
