/** The voice detector in the browser: its wasm and model load under the app's policy, and it hears. */
import { secondsOf, type Pcm } from '../../../src/shared/audio.ts'
import { joined, readPcm, speechClips } from '../../fakes/speech.ts'
import { expect, PLAIN, soundOf, test, told } from './capture-page.ts'
import { silence } from './sounds.ts'

/** The clip comes again and again, until the detector has loaded: seconds, and many on a busy machine. */
const TIMES = 15

test('speech begins a dictation whose sound reaches back before its first word', async ({ openPage }, {
  annotations,
}) => {
  const clip = speechClips().find(({ seconds }) => seconds < 4)
  if (clip === undefined) throw new Error('there is no short clip')
  const { page, command, complaints } = await openPage(
    joined(
      Array<Pcm[]>(TIMES)
        .fill([silence(1.5), await readPcm(clip.path), silence(1.5)])
        .flat(),
    ),
  )
  await command({ ...PLAIN, keepOpen: true, handsFree: true })
  // As main does it: the voice starts, and its silence stops. The detector may have come into the first clip late.
  await told(page, 'voice', 2)
  await page.evaluate(() => {
    const voices = (): number => world.events.filter(({ kind }) => kind === 'voice').length
    const before = voices() + (voices() % 2)
    const look = setInterval(() => {
      if (voices() > before && !world.sounds.has(1)) world.command({ kind: 'start', id: 1 })
      if (voices() < before + 2) return
      clearInterval(look)
      world.command({ kind: 'stop', id: 1 })
    }, 5)
  })
  const { pcm } = await soundOf(page, 1)
  const loud = Math.max(...pcm.map(Math.abs)) / 10
  const onset = secondsOf(pcm.findIndex((sample) => Math.abs(sample) > loud))
  annotations.push({ type: 'kept before the first loud sample', description: `${onset.toFixed(2)} s` })
  expect(onset).toBeGreaterThan(0.3)
  expect(secondsOf(pcm.length)).toBeGreaterThan(onset + 0.5)
  expect(complaints).toEqual([])
})
