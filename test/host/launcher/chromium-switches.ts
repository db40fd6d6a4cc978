/** With which switches Chromium is started: the host's own, then the app's and the command line's. */
import process from 'node:process'

const OWN = [
  '--remote-debugging-port=0',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-startup-window',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--password-store=basic',
  '--use-mock-keychain',
  // Electron's default.
  '--autoplay-policy=no-user-gesture-required',
  // Electron's renderers emit `close` on message ports.
  '--enable-blink-features=MessagePortCloseEvent',
  '--host-resolver-rules=MAP *.localhost 127.0.0.1',
  '--disable-features=Translate,MediaRouter,OptimizationHints,HttpsUpgrades',
]

/** These are the host's to set, whatever was asked for. */
const RESERVED = /^--(remote-debugging-|user-data-dir=|inspect)/

/** Lists that add up instead of replacing each other. */
const LISTS = [
  '--disable-features=',
  '--enable-features=',
  '--enable-blink-features=',
  '--disable-blink-features=',
]

export function isHeaded(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return process.platform !== 'linux' || (DISPLAY ?? WAYLAND_DISPLAY ?? '') !== ''
}

export function mergedSwitches(asked: readonly string[], profile: string): string[] {
  const all = [
    ...OWN,
    ...(isHeaded() ? [] : ['--headless=new']),
    // Chromium refuses to run its sandbox as root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...asked.filter((argument) => !RESERVED.test(argument)),
  ]
  const single = all.filter((argument) => !LISTS.some((list) => argument.startsWith(list)))
  const lists = LISTS.flatMap((list) => {
    const items = all
      .filter((argument) => argument.startsWith(list))
      .map((argument) => argument.slice(list.length))
    return items.length === 0 ? [] : [list + items.join()]
  })
  return [...single, ...lists, `--user-data-dir=${profile}`]
}
