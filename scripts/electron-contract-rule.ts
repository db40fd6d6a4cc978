/**
 * ESLint rule: of the `electron` module, source may use only what test/host/contract.ts lists. What is not on the list
 * was never checked on the stand-in, so a test there would prove nothing about it.
 */
import type { Rule } from 'eslint'
import { CONTRACT } from '../test/host/contract.ts'

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
    return {
      ImportDeclaration(node) {
        if (node.source.value !== 'electron' || ('importKind' in node && node.importKind === 'type')) return
        for (const specifier of node.specifiers) {
          if (specifier.type !== 'ImportSpecifier' || specifier.imported.type !== 'Identifier') {
            context.report({ node: specifier, messageId: 'unlisted', data: { name: '*' } })
            continue
          }
          if ('importKind' in specifier && specifier.importKind === 'type') continue
          const { name } = specifier.imported
          if (!(name in CONTRACT)) context.report({ node: specifier, messageId: 'unlisted', data: { name } })
          for (const variable of context.sourceCode.getDeclaredVariables(specifier)) {
            for (const { identifier } of variable.references) checkMember(context, name, identifier)
          }
        }
      },
    }
  },
}

function checkMember(context: Rule.RuleContext, name: string, identifier: object): void {
  const { parent } = identifier as Rule.Node
  if (parent === null) return
  const member = MEMBER.exec(context.sourceCode.getText(parent))?.[1]
  if (member === undefined || CONTRACT[name]?.includes(member) === true) return
  context.report({ node: parent, messageId: 'unlisted', data: { name: `${name}.${member}` } })
}
