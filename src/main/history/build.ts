/** The pages of the history and of diagnostics, joined with what they look at. */
import { app, crashReporter, dialog, shell } from 'electron'
import type { AppSnapshot } from '../../shared/dictation.ts'
import type { FileCustody } from '../custody/file-custody.ts'
import { Diagnostics, placesIn } from '../diagnostics/diagnostics.ts'
import type { RequestLog } from '../diagnostics/requests.ts'
import type { Handlers } from '../ipc.ts'
import { userFiles } from '../paths.ts'
import { archiveAnswers } from './answers.ts'
import type { ArchiveRequest } from './arguments.ts'
import type { Models } from '../models/models.ts'
import { Archive } from './archive.ts'
import { Reread } from './reread.ts'

/** Dumps of crashes stay on this machine: nobody is sent any. */
export function keepCrashDumps(): void {
  crashReporter.start({ uploadToServer: false })
}

export function historyAnswers(
  custody: FileCustody,
  requests: RequestLog,
  models: Pick<Models, 'readWith' | 'requestOf'>,
  snapshot: () => AppSnapshot,
): Pick<Handlers, ArchiveRequest> {
  const files = userFiles()
  const archive = new Archive(custody, askWhere)
  const diagnostics = new Diagnostics({
    places: placesIn(app.getPath('userData'), app.getPath('crashDumps'), files.settings, files.log),
    log: files.log,
    requests,
    version: app.getVersion(),
    snapshot,
    askWhere: (name) => askWhere(name, 'txt'),
    show: (path) => {
      shell.showItemInFolder(path)
    },
  })
  const reread = new Reread({
    custody,
    readWith: models.readWith,
    requestOf: (name) => models.requestOf(name),
  })
  return archiveAnswers(archive, custody, reread, diagnostics)
}

async function askWhere(name: string, ending: string): Promise<string | undefined> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    defaultPath: `${name}.${ending}`,
    filters: [{ name: ending.toUpperCase(), extensions: [ending] }],
  })
  return canceled || filePath === '' ? undefined : filePath
}
