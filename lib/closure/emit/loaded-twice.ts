import { fileURLToPath } from 'node:url'
import { CaptureError } from '../capture-error.ts'
import type { Graph } from '../graph/graph.ts'
import { displayName } from '../nodes/function-name.ts'
import type { ModuleBundle } from '../packages/module-bundle.ts'

/**
 * A file that a function loads by `import()` is another copy of it than what travels by value: classes and state of
 * the two are not the same.
 * @throws {CaptureError} for a file that would be there twice
 */
export function checkLoadedOnce(
  { functions, environments }: Graph,
  modules: readonly ModuleBundle[],
  name: string,
): void {
  const own = new Set(modules.flatMap(({ ownFiles }) => ownFiles))
  if (own.size === 0) return
  const refuse = (file: string, path: readonly string[]): CaptureError =>
    new CaptureError(
      `${file} travels by value, and is loaded by \`import()\` or \`require\` inside of a function too`,
      {
        path,
        hint: 'Import it at the top of files only, or inside of functions only.',
      },
    )
  for (const { fn, code } of functions) {
    const { url } = code.script
    const file = url.startsWith('file:') ? fileURLToPath(url) : url
    if (own.has(file)) throw refuse(file, fn === functions[0]?.fn ? [name] : [name, displayName(fn)])
  }
  for (const file of environments.imported.files) if (own.has(file)) throw refuse(file, [name])
}
