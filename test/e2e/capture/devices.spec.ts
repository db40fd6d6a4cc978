/** Devices that refuse, go away and come back, in the built page. */
import { samplesOf } from '../../../src/shared/audio.ts'
import { eventsOf, expect, heard, held, PLAIN, soundOf, test, told } from './capture-page.ts'
import { tone } from './sounds.ts'

test('what the browser refuses is told at once, and the next dictation works', async ({ openPage }) => {
  const { page, command } = await openPage(tone(10))
  await command(PLAIN)
  const refusals = ['NotAllowedError', 'NotFoundError', 'NotReadableError']
  for (const [id, name] of refusals.entries()) {
    await page.evaluate((refused) => {
      world.refuse = refused
    }, name)
    await command({ kind: 'start', id })
    await told(page, 'failed', id + 1)
    expect((await soundOf(page, id)).pcm).toHaveLength(0)
  }
  const failed = await eventsOf(page, 'failed')
  expect(failed.map((event) => event.kind === 'failed' && event.fault)).toEqual([
    'denied',
    'no-device',
    'busy',
  ])
  await page.evaluate(() => {
    world.refuse = undefined
  })
  await command({ kind: 'start', id: 9 })
  await heard(page, 9, samplesOf(0.2))
})

test('unplugged in mid-sentence it goes on with the next; with none left it ends with what was heard', async ({
  openPage,
}) => {
  const { page, command } = await openPage(tone(10))
  const [{ devices } = { devices: [] }] = (await eventsOf(page, 'devices')).filter(
    (event) => event.kind === 'devices',
  )
  const [first, second] = devices
  if (first === undefined || second === undefined) throw new Error('Chromium has two fake microphones')
  await command({ ...PLAIN, microphones: [first, second] })
  await command({ kind: 'start', id: 1 })
  await heard(page, 1, samplesOf(0.5))

  const before = await page.evaluate((id) => {
    world.unplug(id)
    return world.sounds.get(1)?.frames.reduce((sum, { length }) => sum + length, 0) ?? 0
  }, first.id)
  await told(page, 'switched')
  expect(await eventsOf(page, 'switched')).toEqual([{ kind: 'switched', to: second, because: 'lost' }])
  await heard(page, 1, before + samplesOf(0.5))
  expect(await held(page)).toEqual({ tracks: 1, contexts: 0 })

  await page.evaluate((id) => {
    world.unplugged.add('default')
    world.unplug(id)
  }, second.id)
  await told(page, 'failed')
  expect(await eventsOf(page, 'failed')).toMatchObject([{ id: 1, fault: 'lost' }])
  expect((await soundOf(page, 1)).pcm.length).toBeGreaterThan(before + samplesOf(0.5))
  expect(await held(page)).toEqual({ tracks: 0, contexts: 0 })

  await page.evaluate((id) => {
    world.plug(id)
  }, first.id)
  await command({ kind: 'start', id: 2 })
  await heard(page, 2, samplesOf(0.2))
})
