// Bundles each function of functions/ for Lambda: `node scripts/build-functions.mjs [folder]`, by default dist/functions.
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

// What the executor starts, next to it under the names by which the worker finds them.
const beside = {
  executor: {
    'child/main': 'lib/worker/child/main.ts',
    'child/watchdog-thread': 'lib/worker/child/watchdog-thread.ts',
    'picloud/index': 'lib/index.ts',
  },
}

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true,
  // Names of classes and functions are part of messages.
  keepNames: false,
  legalComments: 'none',
  // A native program: package bundles are made by whoever submits from a machine of their own.
  external: ['esbuild'],
  // The SDK's few CommonJS parts call require.
  banner: { js: "import{createRequire as _r}from'node:module';const require=_r(import.meta.url);" },
  logLevel: 'warning',
}

/** Returns the bytes of each bundle's entry. */
export async function buildFunctions(outdir, names = ['api', 'executor', 'release', 'control', 'sweeper', 'cron']) {
  for (const name of names) {
    const folder = `${outdir}/${name}`
    mkdirSync(folder, { recursive: true })
    await build({
      ...options,
      outdir: folder,
      entryPoints: { index: `functions/${name}.ts`, ...beside[name] },
    })
    writeFileSync(`${folder}/package.json`, '{"type":"module"}\n')
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildFunctions(process.argv[2] ?? `${root}dist/functions`)
}
