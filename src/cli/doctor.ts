/** `npm run -s doctor`: looks at everything Steno needs, one line each, and speaks a clip through the whole path. */
import { accessSync, constants, statSync } from 'node:fs'
import { availableParallelism, freemem, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { asStenoError, StenoError } from '../shared/errors.ts'
import { wordErrorRate } from '../shared/scoring.ts'
import type { Supervisor } from '../supervisor/supervisor.ts'
import { systemClock } from '../process/system-clock.ts'
import { EXIT, runCommand, stderrLog } from './command.ts'
import { dataFolder, formerRuns, history, keyHook } from './doctor-data.ts'
import { userDataFolder } from './user-data.ts'
import { composeSupervisor } from './compose.ts'
import { modelRequest, sileroPath, STARTER_MODEL } from './resources.ts'
import { sampleText, speakSample } from './speak-sample.ts'

/** The starter model misreads four words of ten of an unknown voice, but not of this clip. */
const SAMPLE_WORDS_WRONG_AT_MOST = 0.5
const NODE_MAJOR = 24

type Finding = string | Promise<string>

let faults = 0

async function check(name: string, look: () => Finding): Promise<void> {
  try {
    process.stdout.write(`ok    ${name}: ${await look()}\n`)
  } catch (error) {
    faults += 1
    const { message, hint } = asStenoError(error)
    process.stdout.write(`FAIL  ${name}: ${message}${hint === undefined ? '' : ` ${hint}`}\n`)
  }
}

function machine(): string {
  const gigabytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(1)
  return `${process.platform} ${process.arch}, ${availableParallelism()} cores, ${gigabytes(freemem())} of ${gigabytes(totalmem())} GB free`
}

function node(): string {
  const { node: version } = process.versions
  if (Number(version.split('.')[0]) >= NODE_MAJOR) return version
  throw new StenoError('runtime-missing', `this is Node ${version}.`, {
    hint: 'Run it as `npm run -s doctor`.',
  })
}

function model(): string {
  const { size } = statSync(join(STARTER_MODEL, 'model.onnx'))
  statSync(sileroPath())
  return `${STARTER_MODEL}, ${(size / 2 ** 20).toFixed(1)} MB, ${modelRequest(STARTER_MODEL).threads} thread(s)`
}

function temporaryFolder(): string {
  accessSync(tmpdir(), constants.W_OK)
  return `${tmpdir()} can be written`
}

async function start(supervisor: Supervisor, signal: AbortSignal): Promise<string> {
  const begun = systemClock.now()
  const { id, family } = await supervisor.start(signal)
  return `model ${id} (${family}) ready after ${Math.round(systemClock.now() - begun)} ms, pid ${supervisor.health.pid ?? '?'}`
}

async function speak(supervisor: Supervisor, signal: AbortSignal): Promise<string> {
  const begun = systemClock.now()
  const { text, durationSeconds } = await speakSample(supervisor, signal)
  const seconds = (systemClock.now() - begun) / 1000
  const { errors, words } = wordErrorRate(await sampleText(), text)
  if (errors / words > SAMPLE_WORDS_WRONG_AT_MOST) {
    throw new StenoError('internal', `${errors} of ${words} words are wrong: “${text}”`)
  }
  return `“${text}”, ${durationSeconds.toFixed(1)} s of speech in ${seconds.toFixed(2)} s, ${errors} of ${words} words wrong`
}

async function stop(supervisor: Supervisor): Promise<string> {
  const { pid } = supervisor.health
  const begun = systemClock.now()
  await supervisor[Symbol.asyncDispose]()
  const ms = Math.round(systemClock.now() - begun)
  return `process ${pid ?? '?'} gone after ${ms} ms`
}

await runCommand(async (signal) => {
  await check('machine', machine)
  await check('node', node)
  await check('model', model)
  await check('temporary folder', temporaryFolder)
  await check('data folder', () => dataFolder(userDataFolder()))
  await check('history', () => history(userDataFolder()))
  await check('keys', keyHook)
  await check('former runs', formerRuns)
  await using supervisor = composeSupervisor({
    modelFolder: STARTER_MODEL,
    log: stderrLog(process.argv.includes('--verbose')),
    live: true,
  })
  await check('worker', () => start(supervisor, signal))
  await check('speech', () => speak(supervisor, signal))
  await check('shutdown', () => stop(supervisor))
  process.stdout.write(faults === 0 ? 'Steno is well.\n' : `${faults} fault(s).\n`)
  return faults === 0 ? EXIT.ok : EXIT.cannotTranscribe
})
