/**
 * Makes one script of a TypeScript module and what it imports, for pages: strips the types and wraps each module into a
 * function. Understands what the page shim's files use: named imports from relative paths and exported declarations.
 */
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, resolve } from 'node:path'

const IMPORT = /^import \{([^}]*)\} from '(\.[^']+)'/gm
const EXPORT = /^export (?=(?:async )?(?:function|class|const) (\w+))/gm

/** An expression that gives the exports of the module in `file`. */
export function link(file: string): string {
  const order: string[] = []
  const names = new Map<string, string>()
  add(file)
  return `(() => {\n'use strict'\n${order.join('\n')}\nreturn ${names.get(file) ?? ''}\n})()`

  function add(path: string): string {
    const known = names.get(path)
    if (known !== undefined) return known
    const name = `module${names.size}`
    names.set(path, name)
    const exported: string[] = []
    const source = stripTypeScriptTypes(readFileSync(path, 'utf8'))
      .replaceAll(IMPORT, (_statement, list: string, from: string) => {
        return `const {${list.replaceAll(' as ', ': ')}} = ${add(resolve(dirname(path), from))}`
      })
      .replaceAll(EXPORT, (_keyword, declared: string) => {
        exported.push(declared)
        return ''
      })
    order.push(`const ${name} = (() => {\n${source}\nreturn { ${exported.join(', ')} }\n})()`)
    return name
  }
}
