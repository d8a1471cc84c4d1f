import type { ESLint, Linter } from 'eslint'
import { canTravel } from './can-travel.ts'

const rules: Linter.RulesRecord = { 'picloud/can-travel': 'error' }

/** The plugin for ESLint: `export default [picloud.configs.recommended]`. */
const plugin: ESLint.Plugin & { readonly configs: { readonly recommended: Linter.Config } } = {
  meta: { name: 'picloud', namespace: 'picloud' },
  rules: { 'can-travel': canTravel },
  configs: {
    /** The rule as an error, for all files. */
    recommended: {
      name: 'picloud/recommended',
      get plugins() {
        return { picloud: plugin }
      },
      rules,
    },
  },
}

export default plugin
