/** The files that the catalogue lists are those by which the engine knows a family, as far as names and settings go. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CATALOGUE } from '../../../src/cli/resources.ts'
import { listFolder } from '../../../src/engine/models/folder.ts'
import { recogniseFolder } from '../../../src/engine/models/load.ts'
import { readCatalogue } from '../../../src/models/catalogue.ts'
import { asStenoError } from '../../../src/shared/errors.ts'

/** What their makers write into config.json. */
const TYPES: Readonly<Record<string, string>> = {
  whisper: 'whisper',
  moonshine: 'moonshine',
  parakeet: 'nemo-conformer-tdt',
  canary: 'nemo-conformer-aed',
}

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'steno-catalogue-'))
})
afterAll(() => rm(root, { recursive: true }))

it.each(readCatalogue(CATALOGUE))(
  '$name is a folder of the family $family',
  async ({ name, family, files }) => {
    const folder = join(root, name)
    for (const { path } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      const content = path === 'config.json' ? { model_type: TYPES[family] } : {}
      await writeFile(join(folder, path), JSON.stringify(content))
    }
    const found = await recogniseFolder(await listFolder(folder)).then(
      (recognised) => recognised.family.name,
      (error: unknown) => asStenoError(error),
    )
    // Where the family reads settings out of a graph, there is none to read here: that is all that may be at fault.
    if (typeof found === 'string') expect(found).toBe(family)
    else expect(found.message).toMatch(/is damaged|settings cannot be read/)
  },
)
