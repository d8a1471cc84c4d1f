import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

const files = /\/node_modules\/zod\/v4\/core\/(?:core|registries)\.c?js$/
const kept = /\bglobalThis\b/g

/**
 * An esbuild plugin: zod keeps its settings and its registry on `globalThis`, for all copies of it in a process. What is built in here
 * keeps its own: else schemas of the user's would hold functions of this one, and be as the user's `z.config` says here.
 */
export const ownZod: Plugin = {
  name: 'own zod',
  setup({ onLoad }) {
    onLoad({ filter: files }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      if (!text.includes('(_a = globalThis).__zod_')) {
        throw new Error(`${path} keeps its state elsewhere than this script knows.`)
      }
      // In front, on the first line, so that lines stay.
      return { contents: `const OWN_STATE = {};${text.replace(kept, 'OWN_STATE')}`, loader: 'js' }
    })
  },
}
