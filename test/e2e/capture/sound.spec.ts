/** The sound of dictations through the built page: whole, in order, from before the key to after its release. */
import { samplesOf, secondsOf } from '../../../src/shared/audio.ts'
import { TUNING } from '../../../src/shared/tuning.ts'
import { joined } from '../../fakes/speech.ts'
import { eventsOf, expect, heard, held, PLAIN, soundOf, test, told } from './capture-page.ts'
import { breaksOf, silence, tone } from './sounds.ts'

test('every sample arrives, in order, and the device is closed while idle', async ({ openPage }, {
  annotations,
}) => {
  // Chromium lets no page begin to play or to run an audio graph by itself here: capture needs neither.
  const { page, command, complaints } = await openPage(tone(10), ['--autoplay-policy=user-gesture-required'])
  await command(PLAIN)
  for (const id of [1, 2, 3]) {
    await command({ kind: 'start', id })
    await heard(page, id, samplesOf(1.5))
    await command({ kind: 'stop', id })
    const { pcm, firstMs, endMs } = await soundOf(page, id)
    expect(breaksOf(pcm)).toEqual([])
    annotations.push({ type: 'key to first sample', description: `${firstMs.toFixed(0)} ms` })
    annotations.push({ type: 'release to end', description: `${endMs.toFixed(0)} ms` })
    expect(await held(page)).toEqual({ tracks: 0, contexts: 0 })
  }
  expect(complaints).toEqual([])
})

test('the kept moments come first, without a seam', async ({ openPage }) => {
  const { page, command } = await openPage(tone(10))
  await command({ ...PLAIN, keepOpen: true })
  await told(page, 'idle')
  await page.evaluate((ms) => new Promise((past) => setTimeout(past, ms)), TUNING.preRollMs + 500)
  // Both in one turn of the page: all that is there now was said before.
  const before = await page.evaluate(() => {
    world.command({ kind: 'start', id: 1 })
    return world.sounds.get(1)?.frames.reduce((sum, { length }) => sum + length, 0) ?? 0
  })
  expect(1_000 * secondsOf(before)).toBeGreaterThanOrEqual(TUNING.preRollMs)
  await heard(page, 1, before + samplesOf(0.5))
  await command({ kind: 'stop', id: 1 })
  expect(breaksOf((await soundOf(page, 1)).pcm)).toEqual([])
  expect(await held(page)).toEqual({ tracks: 1, contexts: 0 })

  await command({ kind: 'release' })
  expect(await held(page)).toEqual({ tracks: 0, contexts: 0 })
  await command({ kind: 'reopen' })
  await told(page, 'idle', 3)
  expect(await held(page)).toEqual({ tracks: 1, contexts: 0 })
})

test('a microphone that the system has muted is told of, and its return', async ({ openPage }) => {
  const { page, command } = await openPage(
    joined([tone(0.5), silence(TUNING.mutedAfterMs / 1_000 + 1), tone(2)]),
  )
  await command(PLAIN)
  await command({ kind: 'start', id: 1 })
  await told(page, 'unmuted')
  expect(await eventsOf(page, 'muted')).toHaveLength(1)
})

test('two hundred dictations leave no device open', async ({ openPage }) => {
  const { page, command, complaints } = await openPage(tone(10))
  await command(PLAIN)
  await page.evaluate(async () => {
    for (let id = 1; id <= 200; id++) {
      world.command({ kind: 'start', id })
      // Some are let go before the device has opened, some after, some while the one before still ends.
      await new Promise((past) => setTimeout(past, 10 * (id % 8)))
      world.command({ kind: 'stop', id })
    }
  })
  await page.waitForFunction(() => [...world.sounds.values()].every(({ samples }) => samples !== undefined))
  await expect.poll(() => held(page)).toEqual({ tracks: 0, contexts: 0 })
  expect(await eventsOf(page, 'failed')).toEqual([])
  expect(complaints).toEqual([])
})
