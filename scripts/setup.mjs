/**
 * Brings a clone to the state its lock file describes: packages from npm, then Node 24 (the npm package `node`).
 * No package's own install script runs (see .npmrc): those that download from elsewhere are not needed.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.steno-setup')
const windows = process.platform === 'win32'

export const nodeBinary = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node')

const nodeLink = join(modules, '.bin', 'node')

/** Installs only when the lock file changed since the last time; says what it does. */
export async function setUp() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted && existsSync(nodeBinary)) return

  say('installing packages (npm ci) …')
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], root)
  say('installing Node 24 …')
  // By name: the Node this runs on may be the one that npm ci has just taken away.
  run('node', ['installArchSpecificPackage.js'], join(modules, 'node'))
  // npm links no binary that is not there yet. With it on npm's path, scripts run under this Node from now on;
  // Windows wants a shim instead of a link and goes on through run.mjs.
  if (!windows && !existsSync(nodeLink)) symlinkSync('../node/bin/node', nodeLink)
  writeFileSync(stampFile, wanted)
  say('ready.')
}

function run(command, args, cwd) {
  // Standard output belongs to the command being set up for, so what the installers print goes to standard error.
  execFileSync(command, args, { cwd, stdio: ['ignore', 2, 2], shell: windows })
}

function say(text) {
  process.stderr.write(`[setup] ${text}\n`)
}
