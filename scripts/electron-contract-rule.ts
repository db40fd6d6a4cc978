/**
 * ESLint rule: of the `electron` module, source may use only what test/host/contract.ts lists. What is not on the list
 * was never checked on the stand-in, so a test there would prove nothing about it.
 */
import type { Rule } from 'eslint'
import { CONTRACT, PRELOAD_CONTRACT } from '../test/host/contract.ts'

/** `ipcMain.handle`, and not `f(ipcMain)`. */
const MEMBER = /^\w+\s*\.\s*(\w+)$/

export const electronContract: Rule.RuleModule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      unlisted: 'electron.{{name}} is not in test/host/contract.ts: teach the host first, then list it.',
    },
  },
  create(context) {
    const contract = context.filename.includes('/preload/') ? PRELOAD_CONTRACT : CONTRACT
    return {
      ImportDeclaration(node) {
        if (node.source.value !== 'electron' || ('importKind' in node && node.importKind === 'type')) return
        for (const specifier of node.specifiers) {
          if ('importKind' in specifier && specifier.importKind === 'type') continue
          const name = importedName(specifier)
          const members = contract[name]
          if (members === undefined)
            context.report({ node: specifier, messageId: 'unlisted', data: { name } })
          for (const variable of context.sourceCode.getDeclaredVariables(specifier)) {
            for (const { identifier } of variable.references) {
              checkMember(context, members ?? [], name, identifier)
            }
          }
        }
      },
    }
  },
}

/** `*` for what is not imported by name. */
function importedName(specifier: object): string {
  const { imported } = specifier as { imported?: { name?: string } }
  return imported?.name ?? '*'
}

function checkMember(
  context: Rule.RuleContext,
  members: readonly string[],
  name: string,
  identifier: object,
): void {
  const { parent } = identifier as Rule.Node
  if (parent === null) return
  const member = MEMBER.exec(context.sourceCode.getText(parent))?.[1]
  if (member === undefined || members.includes(member)) return
  context.report({ node: parent, messageId: 'unlisted', data: { name: `${name}.${member}` } })
}
