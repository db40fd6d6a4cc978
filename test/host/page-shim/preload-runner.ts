/** Runs the preload script with what a sandboxed one is given. */
import type { PageSetup } from '../shared/wire.ts'
import { page } from './dom.ts'

type Preload = (
  require: (name: string) => unknown,
  process: object,
  exports: object,
  module: { exports: object },
) => void

/** The second script of the isolated world hands the preload to the function that this returns, once. */
export function preloadRunner(
  setup: PageSetup,
  electron: object,
  failed: (error: string) => void,
): (preload: Preload) => void {
  return (preload) => {
    Reflect.deleteProperty(page, '__hostPreload')
    const module = { exports: {} }
    try {
      preload(requireFrom(strict(electron)), processOf(setup), module.exports, module)
    } catch (error) {
      page.console.error(`Unable to load preload script: ${setup.preloadPath}`)
      page.console.error(error)
      failed(error instanceof Error ? error.message : String(error))
    }
  }
}

function requireFrom(electron: object): (name: string) => unknown {
  return (name) => {
    if (name === 'electron' || name === 'electron/renderer') return electron
    throw new Error(`module not found: ${name}`)
  }
}

function processOf({ platform, arch, versions }: PageSetup): object {
  return Object.freeze({
    type: 'renderer',
    platform,
    arch,
    versions: Object.freeze({ ...versions }),
    contextIsolated: true,
    sandboxed: true,
    isMainFrame: true,
  })
}

/** As strict as main's side: what the contract does not name is not there. */
function strict(electron: object): object {
  return new Proxy(electron, {
    get(target, key): unknown {
      if (typeof key === 'symbol' || key in target || key === 'then') return Reflect.get(target, key)
      throw new Error(`NotInHost: electron.${key} (preload) is not in the test host's contract`)
    },
  })
}
