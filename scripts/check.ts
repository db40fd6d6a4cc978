/** `npm run check`: everything CI runs besides the tests, cheapest first; stops at the first fault. */
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { cruise } from './layers.ts'

const root = resolve(import.meta.dirname, '..')

const TOOLS: readonly (readonly [string, ...string[]])[] = [
  ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  ['typescript/bin/tsc', '-p', 'tsconfig.shared.json'],
  ['typescript/bin/tsc', '-p', 'tsconfig.core.json'],
  ['typescript/bin/tsc', '-p', 'tsconfig.web.json'],
  ['eslint/bin/eslint.js', '--max-warnings', '0', '.'],
  ['knip/bin/knip.js', '--no-progress'],
]

for (const [script, ...args] of TOOLS) {
  process.stdout.write(`${[script.split('/')[0], ...args].join(' ')}\n`)
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}

process.stdout.write('layers\n')
const { modules, violations } = await cruise(root)
for (const violation of violations) process.stderr.write(`${violation}\n`)
if (modules === 0) process.stderr.write('no module was looked at: the layer rules proved nothing\n')
if (violations.length > 0 || modules === 0) process.exit(1)
process.stdout.write(`all well: ${modules} modules keep to their layers\n`)
