/**
 * `node scripts/run.mjs TARGET [ARG …]` runs TARGET under the project's own Node, installing what is missing
 * first. It is plain JavaScript because a bare clone starts it with whatever Node the machine has.
 */
import { spawn } from 'node:child_process'
import { dirname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { nodeBinary, setUp } from './setup.mjs'

await setUp()
const [target, ...args] = process.argv.slice(2)
const script = resolve(dirname(fileURLToPath(import.meta.url)), '..', target)

if (process.versions.node.split('.')[0] === '24') {
  process.argv = [process.argv[0], script, ...args]
  await import(pathToFileURL(script).href)
} else {
  // First run on a machine with another Node: npm's shell remembers that one, so start ours by path.
  const child = spawn(nodeBinary, [script, ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143)
  })
}
