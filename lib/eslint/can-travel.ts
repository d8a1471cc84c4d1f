import type { Rule } from 'eslint'
import { findingsIn } from './findings.ts'
import { ImportPaths } from './import-path.ts'
import { functionHandedOver } from './submitting-call.ts'

/** Marks in a function that is handed to `call`, `map` or `cron.register` what the capture would certainly refuse. */
export const canTravel: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'disallow functions for PiCloud that capture what can’t travel',
      recommended: true,
    },
    messages: { refused: '{{path}}: {{why}}. {{hint}}' },
    schema: [],
  },
  create({ sourceCode, report }) {
    const paths = new ImportPaths(sourceCode)
    const told = new Set<unknown>()
    return {
      CallExpression(node) {
        const handed = functionHandedOver(node, paths)
        if (handed === undefined) return
        for (const { node: at, path, words } of findingsIn(handed, sourceCode, paths)) {
          if (told.has(at)) continue
          told.add(at)
          report({ node: at, messageId: 'refused', data: { path: path.join(' → '), why: words.why, hint: words.hint } })
        }
      },
    }
  },
}
