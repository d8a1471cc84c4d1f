import { readFile } from 'node:fs/promises'

// An import of one of Node's modules reads all that it exports, of which some load half of Node; this reads what is used.
const builtInImport = /^import (?!type )(\{[^}]*\}|\w+) from '(node:[^']+)';?$/gm
// These take milliseconds to load, and what is used of them are functions: they are loaded by the first call of one.
const loadedLate = new Set(['node:crypto', 'node:fs/promises', 'node:timers/promises', 'node:v8', 'node:zlib'])
// commander could run programs as its commands: it loads what that needs, which takes as long as all of commander.
const childProcesses = /^import childProcess from 'node:child_process';$/m
const lazyChildProcesses = `const childProcess = {
  spawn: (...given) => globalThis.process.getBuiltinModule('node:child_process').spawn(...given),
}`

/** An esbuild plugin: how the package loads Node's modules. */
export const builtIns = {
  name: 'built-ins',
  setup({ onLoad }) {
    onLoad({ filter: /\/lib\/.*\.ts$|\/commander\/lib\/.*\.js$/ }, async ({ path }) => ({
      contents: withoutBuiltInImports(await readFile(path, 'utf8')),
      loader: 'ts',
    }))
  },
}

/** The same text, with other ways to Node's modules than import. */
export function withoutBuiltInImports(text) {
  return text.replace(childProcesses, lazyChildProcesses).replace(builtInImport, (_import, names, module) => {
    const taken = names.replace(/\btype \w+,?/g, '')
    const loaded = `globalThis.process.getBuiltinModule('${module}')`
    if (!loadedLate.has(module)) return `const ${taken.replace(/(\w+) as (\w+)/g, '$1: $2')} = ${loaded}`
    return [...taken.matchAll(/(\w+)(?: as (\w+))?/g)]
      .map(([, name, own = name]) => `const ${own} = (...given) => ${loaded}.${name}(...given)`)
      .join(';')
  })
}
