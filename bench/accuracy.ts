/** Word error rate over the bundled clips, through the supervised worker. */
import { wordErrorRate } from '../src/shared/scoring.ts'
import { readPcm, speechClips } from '../test/fakes/speech.ts'
import type { Section } from './figures.ts'
import { supervised } from './supervision.ts'
import { transcribe } from './workload.ts'

/** On the model's card (resources/models/starter-en/README.md), with beam and language model. */
const CARD_WER = 0.417

export async function accuracy(): Promise<Section> {
  await using supervisor = supervised()
  let errors = 0
  let words = 0
  for (const { path, text } of speechClips()) {
    const score = wordErrorRate(text, (await transcribe(supervisor, await readPcm(path))).text)
    errors += score.errors
    words += score.words
  }
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
  return {
    title: 'Accuracy',
    rows: [
      {
        name: 'word error rate, starter model',
        value: percent(errors / words),
        note: `${speechClips().length} clips, ${words} words; the model card says ${percent(CARD_WER)}`,
      },
    ],
    figures: { wordErrorRate: errors / words },
  }
}
