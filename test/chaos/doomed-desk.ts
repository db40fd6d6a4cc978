/**
 * A desk that is to be killed: recovers what the one before left, meanwhile speaks clips into it, over and over, and
 * writes down what it has handed over. Arguments: its folder, a seed, and `recover` where that is all it is to do.
 */
import { writeSync } from 'node:fs'
import process from 'node:process'
import { readPcm, speechClips } from '../fakes/speech.ts'
import { ChaosDesk } from './desk.ts'
import { randomNumbers } from './random.ts'

export type DeskNews =
  | { readonly kind: 'speaking' | 'recovered' }
  /** Custody has so many samples of that clip. */
  | { readonly kind: 'heard'; readonly id: number; readonly clip: number; readonly samples: number }

const SPEED = 20

const [folder = '', seed = '1', task = 'speak'] = process.argv.slice(2)
const random = randomNumbers(Number(seed))
const desk = new ChaosDesk(folder)
const recovered = desk.dictations.recover(desk.custody.leftOvers).then(() => {
  tell({ kind: 'recovered' })
})

if (task === 'recover') {
  await recovered
  await desk[Symbol.asyncDispose]()
} else {
  await desk.supervisor.start()
  const clips = speechClips()
  tell({ kind: 'speaking' })
  for (;;) {
    const clip = Math.floor(random() * clips.length)
    const pcm = await readPcm(clips[clip]?.path ?? '')
    await desk.dictate(pcm, {
      speed: SPEED,
      heard: (id, samples) => {
        tell({ kind: 'heard', id, clip, samples })
      },
    })
  }
}

/** At once: a kill takes nothing with it. */
function tell(news: DeskNews): void {
  writeSync(1, `${JSON.stringify(news)}\n`)
}
