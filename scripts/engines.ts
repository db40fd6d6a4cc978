/** What this machine has to show windows with. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

const CHROMIUMS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** The download of Electron's binary gets this long; offline it fails at once. */
const DOWNLOAD_MS = 120_000

export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined
}

export function findChromium(): string | undefined {
  const own = process.env['STENO_CHROMIUM']
  return (own === undefined ? CHROMIUMS : [own]).find((path) => existsSync(path))
}

/** Chromium and a font from the system's packages, where we may. */
export function ensureChromium(say: (text: string) => void): string | undefined {
  if (findChromium() === undefined) installPackages(['chromium', 'fonts-dejavu-core'], say)
  return findChromium()
}

/** An X server without a screen, hands for its keyboard, and what the key hook links against, where we may. */
const X_PACKAGES = ['xvfb', 'xdotool', 'libx11-6', 'libxtst6', 'libxrandr2', 'libxt6']

/** Whether there is what test/fakes/virtual-display.ts needs. */
export function ensureVirtualDisplay(say: (text: string) => void): boolean {
  const there = (): boolean => ['Xvfb', 'xdotool'].every((name) => existsSync(`/usr/bin/${name}`))
  if (process.platform === 'linux' && !there()) installPackages(X_PACKAGES, say)
  return there()
}

/** Where we may: as root on a Debian. */
function installPackages(packages: readonly string[], say: (text: string) => void): void {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return
  say(`Installing what is missing (apt-get install ${packages.join(' ')}) …`)
  // What it prints goes to standard error: standard output belongs to the command being set up for.
  const run = (...args: string[]): void =>
    void spawnSync('apt-get', ['-q', ...args], { stdio: ['ignore', 2, 2] })
  run('update')
  run('install', '-y', '--no-install-recommends', ...packages)
}

/** Electron's executable; tries once to download it (npm installs only the package) and remembers that it could not. */
export function findElectron(root: string, say: (text: string) => void): string | undefined {
  const folder = join(root, 'node_modules/electron')
  const refused = join(folder, '.steno-not-to-be-had')
  if (installed(folder) === undefined && hasDisplay() && !existsSync(refused)) {
    say('Fetching Electron …')
    const { status } = spawnSync(process.execPath, [join(folder, 'install.js')], {
      stdio: 'ignore',
      timeout: DOWNLOAD_MS,
    })
    if (status !== 0) writeFileSync(refused, 'Delete this file to try the download again.\n')
  }
  return installed(folder)
}

function installed(folder: string): string | undefined {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(executable) ? executable : undefined
}
