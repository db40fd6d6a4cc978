/** `npm run -s transcribe`: audio files → text, through the same supervised worker as the app. */
import process from 'node:process'
import { openAudio } from '../audio/read.ts'
import type { Pcm } from '../shared/audio.ts'
import { asStenoError } from '../shared/errors.ts'
import type { ModelInfo } from '../shared/worker-frames.ts'
import type { Supervisor } from '../supervisor/supervisor.ts'
import { systemClock } from '../process/system-clock.ts'
import { editText } from '../text/edit-text.ts'
import { textLanguage } from '../text/languages/tables.ts'
import { complain, EXIT, Interrupted, runCommand, stderrLog } from './command.ts'
import { composeSupervisor } from './compose.ts'
import { render, type Result } from './formats.ts'
import { LiveView } from './live-view.ts'
import { progressBar } from './progress.ts'
import { STARTER_MODEL } from './resources.ts'
import { pcmFromBytes } from './stdin.ts'
import { HELP, parseOptions, type TranscribeOptions } from './transcribe-options.ts'

async function main(signal: AbortSignal): Promise<number> {
  const options = parseOptions(process.argv.slice(2))
  if (options.help) {
    process.stdout.write(HELP)
    return EXIT.ok
  }
  await using supervisor = composeSupervisor({
    modelFolder: options.model ?? STARTER_MODEL,
    threads: options.threads,
    wishes: options.wishes,
    log: stderrLog(options.verbose),
    live: options.stdin,
  })
  const model = await supervisor.start(signal)
  const job: Job = { supervisor, model, options, signal }
  if (options.stdin) {
    await transcribeStdin(job)
    return EXIT.ok
  }
  let failed = 0
  for (const file of options.files) {
    try {
      await transcribeFile(job, file)
    } catch (error) {
      if (error instanceof Interrupted) throw error
      failed += 1
      complain(error, file)
      if (asStenoError(error).code === 'circuit-open') return EXIT.cannotTranscribe
    }
  }
  return failed === 0 ? EXIT.ok : EXIT.someInputFailed
}

interface Job {
  readonly supervisor: Supervisor
  readonly model: ModelInfo
  readonly options: TranscribeOptions
  readonly signal: AbortSignal
}

async function transcribeFile(job: Job, path: string): Promise<void> {
  await using file = await openAudio(path)
  await transcribe(job, path, file.pcm(job.signal), file.durationSeconds)
  for (const warning of file.warnings) process.stderr.write(`steno: ${path}: ${warning}\n`)
}

async function transcribeStdin(job: Job): Promise<void> {
  const abort = (): void => {
    process.stdin.destroy()
  }
  job.signal.addEventListener('abort', abort, { once: true })
  await transcribe(job, '-', pcmFromBytes(process.stdin), undefined)
}

async function transcribe(
  { supervisor, model, options, signal }: Job,
  file: string,
  pcm: AsyncIterable<Pcm>,
  totalSeconds: number | undefined,
): Promise<void> {
  const begun = systemClock.now()
  const utterance = supervisor.open({ live: options.live })
  const view = options.live ? new LiveView(process.stdout) : undefined
  using _partials = utterance.onPartial((partial) => view?.partial(partial))
  using _lines = utterance.onLine((line) => view?.line(line))
  try {
    using progress = progressBar(file, totalSeconds)
    for await (const piece of pcm) {
      await utterance.write(piece)
      progress.update(utterance.seconds, utterance.lagSeconds)
    }
  } catch (error) {
    // The next file must not wait behind one that will never be finished.
    utterance.cancel(error)
    throw error
  }
  const transcript = await utterance.finish(signal)
  const realTimeFactor = (systemClock.now() - begun) / 1000 / Math.max(transcript.durationSeconds, 0.001)
  if (transcript.text === '') process.stderr.write(`steno: ${file}: no speech was heard\n`)
  for (const { start } of transcript.lines.filter((line) => line.truncated)) {
    process.stderr.write(
      `steno: ${file}: the text from ${start.toFixed(1)} s on is cut short: the model lost its way\n`,
    )
  }
  if (options.live) return
  const language = textLanguage(options.wishes, model)
  const edited = options.edited ? { edited: editText(transcript.lines, { language }) } : {}
  const result: Result = { file, transcript, ...edited, realTimeFactor, model: model.id }
  const named = options.format === 'text' && options.files.length > 1
  process.stdout.write(`${named ? `${file}: ` : ''}${render(options.format, result)}\n`)
}

await runCommand(main)
