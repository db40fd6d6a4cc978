/** `npm start`, until there is a window: speaks the bundled clip into the supervised worker and prints the words. */
import process from 'node:process'
import { EXIT, runCommand, stderrLog } from './command.ts'
import { composeSupervisor } from './compose.ts'
import { SAMPLE_CLIP, STARTER_MODEL } from './resources.ts'
import { sampleText, speakSample } from './speak-sample.ts'

await runCommand(async (signal) => {
  await using supervisor = composeSupervisor({
    modelFolder: STARTER_MODEL,
    log: stderrLog(false),
    live: true,
  })
  process.stdout.write(`Steno transcribes ${SAMPLE_CLIP}\n`)
  const { text } = await speakSample(supervisor, signal)
  process.stdout.write(`heard:  ${text}\nspoken: ${await sampleText()}\n`)
  process.stdout.write('Your own files: npm run -s transcribe -- FILE…\n')
  return EXIT.ok
})
