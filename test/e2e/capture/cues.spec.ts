/** Cues make sound and leave nothing open. */
import { expect, held, test } from './capture-page.ts'
import { silence } from './sounds.ts'

test('each cue plays once and closes what it played on', async ({ openPage }) => {
  const { page, command, complaints } = await openPage(silence(1))
  for (const cue of ['start', 'stop', 'cancel', 'failed'] as const) await command({ kind: 'play', cue })
  expect(await page.evaluate(() => world.contexts.length)).toBe(4)
  await expect.poll(() => held(page)).toEqual({ tracks: 0, contexts: 0 })
  expect(complaints).toEqual([])
})

test('without a loudspeaker nothing is thrown', async ({ openPage }) => {
  const { page, command, complaints } = await openPage(silence(1))
  await page.evaluate(() => {
    Object.defineProperty(globalThis, 'OscillatorNode', { value: undefined })
  })
  await command({ kind: 'play', cue: 'start' })
  await expect.poll(() => held(page)).toEqual({ tracks: 0, contexts: 0 })
  expect(complaints).toEqual([])
})
