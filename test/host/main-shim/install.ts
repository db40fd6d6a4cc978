/** Makes `electron` mean the host, for `require` and `import` alike. */
import { registerHooks } from 'node:module'

const NAMES = new Set(['electron', 'electron/main'])

export function installElectron(): void {
  const url = new URL('index.ts', import.meta.url).href
  registerHooks({
    resolve: (specifier, context, next) =>
      NAMES.has(specifier) ? { url, shortCircuit: true } : next(specifier, context),
  })
}
