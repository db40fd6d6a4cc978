/** The rules for menu templates, after electron/lib/browser/api/menu.ts. */
import type Electron from 'electron'
import { NotInHost } from '../not-in-host.ts'

type Entry = Pick<Electron.MenuItemConstructorOptions, 'type' | 'visible'>

/** Orderings that only Electron works out. */
const ORDERINGS = ['before', 'after', 'beforeGroupContaining', 'afterGroupContaining']

/** Throws for what is no list of items, each with a label, a role or the type of a separator. */
export function checkTemplate(template: unknown): void {
  if (!Array.isArray(template)) {
    throw new TypeError('Invalid template for Menu: Menu template must be an array')
  }
  for (const item of template as readonly unknown[]) {
    if (!isValid(item)) {
      throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type')
    }
    const ordering = ORDERINGS.find((name) => name in item)
    if (ordering !== undefined) throw new NotInHost(`MenuItem with ${ordering}`)
  }
}

function isValid(item: unknown): item is object {
  if (typeof item !== 'object' || item === null) return false
  return (
    Object.hasOwn(item, 'label') || Object.hasOwn(item, 'role') || Reflect.get(item, 'type') === 'separator'
  )
}

/** Several in a row become one; none stands at an edge. Invisible ones stay as they are. */
export function withoutExtraSeparators<Item extends Entry>(items: readonly Item[]): Item[] {
  const folded = items.filter((item, at) => isKept(item) || at === 0 || items[at - 1]?.type !== 'separator')
  return folded.filter((item, at) => isKept(item) || (at !== 0 && at !== folded.length - 1))
}

function isKept({ type, visible }: Entry): boolean {
  return visible === false || type !== 'separator'
}
