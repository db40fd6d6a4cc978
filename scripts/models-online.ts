/** `npm run models:online`: see HELP. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { CATALOGUE } from '../src/cli/resources.ts'
import { HUB, readCatalogue, type PublishedModel } from '../src/models/catalogue.ts'
import { StenoError } from '../src/shared/errors.ts'
import { checkModel, type OnlineCheck } from './check-online-model.ts'

const PUBLISHED = readCatalogue(CATALOGUE)

/**
 * Word error rates over the bundled clips above which something is wrong with Steno and not with the model: about
 * twice what is published for LibriSpeech, and room for the noisy clips.
 */
const MOST_ERRORS: Readonly<Record<string, number>> = {
  'whisper-base': 0.25,
  'moonshine-base': 0.2,
  'parakeet-tdt-0.6b-v3': 0.12,
  'zipformer-en-66m': 0.25,
  'sense-voice-small': 0.25,
}

/** Of those not named. */
const MOST_ERRORS_ELSE = 0.3

const HELP = `npm run models:online -- [NAME …] [--base URL] [--cache FOLDER]

Fetches published models (${PUBLISHED.map(({ name }) => name).join(', ')};
without a name, ${Object.keys(MOST_ERRORS).join(', ')}), decodes the bundled clips with them, and fails when the words are too many wrong ones.

  --base URL      where the models lie, instead of ${HUB}; also STENO_MODELS_BASE
  --cache FOLDER  where they are kept; also STENO_MODELS_CACHE

The hub could not be reached from where Steno was made: fetching and decoding were tried with models served from this
machine, and the limits on wrong words come from what is published. The first run against the hub is yours.
`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { base: { type: 'string' }, cache: { type: 'string' }, help: { type: 'boolean' } },
})
if (values.help === true) process.stdout.write(HELP)
else process.exitCode = await main(positionals)

async function main(names: readonly string[]): Promise<number> {
  const base = values.base ?? process.env['STENO_MODELS_BASE'] ?? HUB
  const cache = values.cache ?? process.env['STENO_MODELS_CACHE'] ?? join(homedir(), '.cache/steno/models')
  const interrupted = new AbortController()
  process.once('SIGINT', () => {
    interrupted.abort(new StenoError('usage', 'Interrupted: what was fetched is kept.'))
  })
  const check = {
    base: base.replace(/\/$/, ''),
    cache,
    signal: interrupted.signal,
    print: (line: string) => process.stdout.write(`${line}\n`),
  }
  let failures = 0
  for (const model of chosen(names)) {
    if (!interrupted.signal.aborted && !(await isGood(model, check))) failures++
  }
  return failures > 0 ? 1 : 0
}

async function isGood(model: PublishedModel, check: OnlineCheck): Promise<boolean> {
  const most = MOST_ERRORS[model.name] ?? MOST_ERRORS_ELSE
  try {
    const { errorRate } = await checkModel(model, check)
    const good = errorRate <= most
    const verdict = good ? 'as it should be' : `above ${percent(most)}: something is wrong`
    check.print(`${model.name}: word error rate ${percent(errorRate)}, ${verdict}`)
    return good
  } catch (error) {
    if (!(error instanceof StenoError)) throw error
    process.stderr.write(`${model.name}: ${error.message} ${error.hint ?? ''}\n`)
    return false
  }
}

function chosen(names: readonly string[]): readonly PublishedModel[] {
  if (names.length === 0) return PUBLISHED.filter(({ name }) => name in MOST_ERRORS)
  return names.map((name) => {
    const found = PUBLISHED.find((model) => model.name === name)
    if (found !== undefined) return found
    process.stderr.write(`There is no model “${name}”.\n\n${HELP}`)
    process.exit(2)
  })
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
