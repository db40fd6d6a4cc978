/** `npm run -s models -- …`: see HELP. The same folder and the same locks as the app. */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { HUB } from '../models/catalogue.ts'
import { ModelStore } from '../models/store.ts'
import { StenoError } from '../shared/errors.ts'
import { EXIT, runCommand } from './command.ts'
import { ModelCommands } from './model-commands.ts'
import { modelsFolder } from './models-folder.ts'

const HELP = `npm run -s models -- list                 what there is, and what is on this computer
npm run -s models -- download NAME …      fetches; goes on where it was interrupted
npm run -s models -- verify [NAME …]      reads every file and compares its hash
npm run -s models -- remove NAME …        deletes a model, or what has come of it
npm run -s models -- import PATH …        a folder, or a .tar, .tar.gz or .zip

  --folder FOLDER   where the models are; otherwise those of the app
  --mirror URL      where they come from instead of ${HUB}
  --language CODE   what the recommendation is for

Ctrl-C pauses a download. A proxy is taken from HTTPS_PROXY where NODE_USE_ENV_PROXY is 1.
`

await runCommand(async (signal) => {
  const { values, positionals } = parsed()
  const [verb = '', ...names] = positionals
  if (values.help === true || verb === '') {
    process.stdout.write(HELP)
    return values.help === true ? EXIT.ok : EXIT.usage
  }
  const store = new ModelStore(values.folder ?? modelsFolder())
  await store.cleanUp()
  const command = new ModelCommands(store, values.mirror?.replace(/\/$/, ''), signal)
  switch (verb) {
    case 'list':
      await command.list(values.language ?? null)
      return EXIT.ok
    case 'verify':
      return await command.each(names.length > 0 ? names : await command.installed(), command.verify)
    case 'download':
    case 'remove':
    case 'import':
      if (names.length === 0) throw usage(`Say what to ${verb}.`)
      return await command.each(names, command[verb])
    default:
      throw usage(`There is no “${verb}”.`)
  }
})

function parsed() {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      allowPositionals: true,
      options: { folder: text, mirror: text, language: text, help: { type: 'boolean' } },
    })
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error))
  }
}

function usage(message: string): StenoError {
  return new StenoError('usage', message, { hint: 'Try --help.' })
}
