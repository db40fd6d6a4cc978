/** What the pages of the history, of privacy and of diagnostics ask, carried out. */
import type { FileCustody } from '../custody/file-custody.ts'
import type { Diagnostics } from '../diagnostics/diagnostics.ts'
import type { Handlers } from '../ipc.ts'
import type { Archive } from './archive.ts'
import type { ArchiveRequest } from './arguments.ts'
import type { Reread } from './reread.ts'

export function archiveAnswers(
  archive: Archive,
  custody: FileCustody,
  reread: Reread,
  diagnostics: Diagnostics,
): Pick<Handlers, ArchiveRequest> {
  return {
    'search-history': (wanted, before) => archive.search(wanted, before),
    'words-of-dictation': (one) => archive.wordsOf(one),
    'star-dictation': (one, starred) => {
      custody.star(one, starred)
      return null
    },
    'tag-dictation': (one, tags) => {
      custody.tag(one, [...new Set(tags.map((given) => given.trim()))])
      return null
    },
    'remove-dictations': (all) => {
      custody.remove(all)
      return null
    },
    'export-dictations': (wanted, format) => archive.export(wanted, format),
    'reread-dictation': (one, name) => reread.read(one, name),
    'take-reading': (one, name) => {
      reread.take(one, name)
      return null
    },
    'look-into-privacy': () => diagnostics.privacy(),
    'show-kept-files': (kind) => {
      diagnostics.show(kind)
      return null
    },
    'clear-kept-files': (kind) => {
      diagnostics.clear(kind)
      return null
    },
    'read-log': () => diagnostics.readLog(),
    'save-bundle': () => diagnostics.saveBundle(),
  }
}
