/** `node scripts/pack-language-model.ts LM.arpa.gz OUT.ngrams`: an ARPA file as Steno reads it fast. */
import { writeFile } from 'node:fs/promises'
import process from 'node:process'
import { readArpa } from '../src/engine/decode/arpa.ts'
import { packNgrams } from '../src/engine/decode/ngram-file.ts'

const [from, to] = process.argv.slice(2)
if (from === undefined || to === undefined) {
  process.stderr.write('usage: pack-language-model.ts LM.arpa.gz OUT.ngrams\n')
  process.exitCode = 2
} else {
  await writeFile(to, await packNgrams(await readArpa(from)))
}
