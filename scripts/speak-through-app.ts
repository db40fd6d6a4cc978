/** The bundled clip through the whole app: fake microphone → worklet → supervisor in main → worker → window. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { _electron } from '@playwright/test'
import { dictate, microphoneArgs, microphoneFile, pageOf } from '../test/e2e/app/driver.ts'

const WAV_HEADER_BYTES = 44
const BYTES_PER_SECOND = 32_000

export async function speakThroughApp(root: string): Promise<void> {
  const samples = join(root, 'resources/samples')
  const clip = join(samples, 'speech.wav')
  const seconds = (readFileSync(clip).length - WAV_HEADER_BYTES) / BYTES_PER_SECOND
  const folder = mkdtempSync(join(tmpdir(), 'steno-start-'))
  const app = await _electron.launch({
    args: [...microphoneArgs(await microphoneFile([clip], folder)), root],
    chromiumSandbox: process.getuid?.() !== 0,
  })
  try {
    const page = await pageOf(app, 'index.html')
    await page.getByText('Model Basic English').waitFor()
    const heard = await dictate(page, seconds)
    const spoken = readFileSync(join(samples, 'speech.txt'), 'utf8').trim()
    process.stdout.write(`heard:  ${heard}\nspoken: ${spoken}\n`)
    process.stdout.write('Your own files: npm run -s transcribe -- FILE…\n')
  } finally {
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
