import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { builtIns } from './built-ins.mjs'
import { buildChild } from './bundle-child.mjs'
import { buildLate } from './bundle-late.mjs'
import { fromEntries } from './in-common.mjs'
import { ownZod } from './own-zod.ts'

const options = {
  outbase: '.',
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node24',
  // Node 24 has it; esbuild does not know that.
  supported: { using: true },
  external: ['esbuild', '@bomb.sh/tab', 'aws-cdk-lib', 'constructs', '@aws-sdk/*'],
  minifySyntax: true,
  minifyWhitespace: true,
  // Node prints the line of an error that nobody caught.
  lineLimit: 160,
  sourcemap: 'linked',
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
}

// In the package what a first call loads is one script, whose compiled code is kept.
const late = {
  name: 'late',
  setup({ onResolve }) {
    onResolve({ filter: /\/late\.ts$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace('late', 'late-kept')),
    }))
  },
}

// Few files start faster than hundreds: what a process loads together lies together. What several of these share is
// in files of its own, so that each module is there once, whoever loads it.
const modules = { ...options, splitting: true, format: 'esm' }
const builds = await Promise.all([
  build({
    ...modules,
    entryPoints: ['lib/index.ts', 'lib/mp.ts', 'lib/client/in-common.ts'],
    chunkNames: 'lib/entry/[hash]',
    plugins: [builtIns, late, ownZod],
  }),
  build({
    ...modules,
    entryPoints: [
      'lib/closure/capture.ts',
      'lib/closure/packages/build-process.ts',
      'lib/closure/source/parser.ts',
      'lib/local/assemble.ts',
      'lib/value/decode.ts',
      'lib/value/encode.ts',
      'lib/stack/index.ts',
      'lib/eslint/index.ts',
      'bin/app.ts',
      'bin/picloud.ts',
    ],
    // One folder deep, as all of lib is: paths relative to a file mean the same in source and in what is built.
    chunkNames: 'lib/shared/[hash]',
    plugins: [fromEntries, builtIns, ownZod],
  }),
  buildLate(options),
  // A process of its own, which shares nothing with the one that started it.
  ...buildChild(options),
])
const metafile = {
  inputs: Object.assign({}, ...builds.map(({ metafile }) => metafile.inputs)),
  outputs: Object.assign({}, ...builds.map(({ metafile }) => metafile.outputs)),
}

// Only our own sources are published beside the maps.
for (const path of Object.keys(metafile.outputs).filter(path => path.endsWith('.map'))) {
  const map = JSON.parse(await readFile(path, 'utf8'))
  const sources = map.sources.map(source => (/node_modules\/|<stdin>|in common:/.test(source) ? null : source))
  await writeFile(path, JSON.stringify({ ...map, sources }))
}

// Packages that lie in these files are published again with them, and so are their licences.
const folders = new Set(
  Object.keys(metafile.inputs).flatMap(path => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []),
)
for (const folder of [...folders].sort()) {
  const { name } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  await copyFile(join(folder, 'LICENSE'), join('dist', 'lib', `LICENSE-${name.replaceAll('/', '-')}`))
}
