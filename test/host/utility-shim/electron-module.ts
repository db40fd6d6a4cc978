/** What `require('electron')` and `import 'electron/utility'` give in a utility process: `parentPort` and nothing else. */
import { registerHooks } from 'node:module'
import type { ParentPort } from './parent-port.ts'

const NAMES = ['electron', 'electron/utility', 'electron/common']
const URL = 'steno-host:electron-utility'

/** Other members that Electron has there; the host does not stand in for them. */
const MISSING = ['net', 'systemPreferences', 'localAIHandler', 'LanguageModelUtility']

export function provideElectron(parentPort: ParentPort): void {
  const missing = MISSING.map((name) => `export const ${name} = electron.missing('${name}')`)
  const source = [
    `const electron = globalThis[Symbol.for('${URL}')]`,
    'export const { parentPort } = electron',
    ...missing,
  ].join('\n')
  Object.defineProperty(globalThis, Symbol.for(URL), { value: { parentPort, missing: refusing } })
  registerHooks({
    resolve: (specifier, context, next) =>
      NAMES.includes(specifier) ? { url: URL, shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url === URL ? { format: 'module', source, shortCircuit: true } : next(url, context),
  })
}

/** Throws at the first use and not at the import. */
function refusing(name: string): object {
  const refuse = (): never => {
    throw new Error(`NotInHost: electron.${name} in a utility process`)
  }
  return new Proxy(refuse, { get: refuse, construct: refuse })
}
