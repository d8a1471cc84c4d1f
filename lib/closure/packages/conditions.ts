/** The conditions under which this process resolves packages, beyond `import` or `require`. */

const flags = /(?:^|\s)(?:-C|--conditions)(?:=|\s+)("[^"]*"|\S+)/g

/** What `--conditions` said, on the command line or in NODE_OPTIONS. */
export function givenConditions(
  execArgv: readonly string[] = process.execArgv,
  nodeOptions: string = process.env['NODE_OPTIONS'] ?? '',
): readonly string[] {
  const text = [...execArgv, nodeOptions].join(' ')
  return [...text.matchAll(flags)].map(([, name = '']) => name.replaceAll('"', ''))
}

const given = givenConditions()

/** Node’s own for both ways. `node` itself is what esbuild adds. */
export const sharedConditions: readonly string[] = ['node-addons', 'module-sync', ...given]

/** All under which an `import` is resolved. */
export const importConditions: ReadonlySet<string> = new Set(['import', 'node', ...sharedConditions])
