/** Two minutes of twelve readers in one dictation: the app reads them as well as the command line reads the same file. */
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { wordErrorRate } from '../../../src/shared/scoring.ts'
import { speechClips } from '../../fakes/speech.ts'
import {
  commandLineText,
  expect,
  microphoneFile,
  startDictation,
  stopDictation,
  test,
  textOf,
} from './steno.ts'

const CLIPS = 12
/** Chromium plays 16 kHz as 44.1 kHz, and that is sampled down again: a few words fall otherwise, either way. */
const DIFFERENCE_AT_MOST = 0.03

test('word error through the app equals the command line’s', async ({ startSteno, folder }) => {
  test.setTimeout(300_000)
  const all = speechClips()
  const step = Math.floor(all.length / CLIPS)
  const clips = all.filter((_, index) => index % step === 0).slice(0, CLIPS)
  const file = await microphoneFile(
    clips.map(({ path }) => path),
    folder,
  )
  const reference = clips.map(({ text }) => text).join(' ')
  const fromCommandLine = await commandLineText({ file, path: file, text: reference, seconds: 0 })

  const { page } = await startSteno({ clips })
  await startDictation(page)
  // Each clip stands between one second of silence and three.
  await sleep(1000 * clips.reduce((sum, { seconds }) => sum + seconds + 4, 1))
  await stopDictation(page)
  const rate = (text: string): number => {
    const { errors, words } = wordErrorRate(reference, text)
    return errors / words
  }
  const app = rate(await textOf(page))
  const commandLine = rate(fromCommandLine)
  const found = `app ${app.toFixed(3)}, command line ${commandLine.toFixed(3)}`
  test.info().annotations.push({ type: 'word error rate', description: found })
  process.stdout.write(`word error rate: ${found}\n`)
  expect(Math.abs(app - commandLine)).toBeLessThanOrEqual(DIFFERENCE_AT_MOST)
})
