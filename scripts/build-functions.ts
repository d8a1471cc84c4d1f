// Bundles each function of functions/ for Lambda: `node scripts/build-functions.ts [folder]`, by default dist/functions.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import { functionNames } from '../lib/aws/environment.ts'
import { ownZod } from './own-zod.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What the executor starts by its URL. */
const child = {
  main: 'lib/worker/child/main.ts',
  'watchdog-thread': 'lib/worker/child/watchdog-thread.ts',
}

/** What jobs import as `picloud`: entries of one module, so that they share its state. The last is required by its path. */
const hostModules = {
  'picloud/index': 'lib/index.ts',
  'picloud/mp': 'lib/mp.ts',
  'client/chosen-cloud': 'lib/client/chosen-cloud.ts',
}

// A native program: package bundles are made where a job is submitted from, not where it runs.
const external = ['esbuild']

/** The parser is loaded when first needed, in a way that hides it from bundlers; a function has no node_modules to find it in. */
const parser: Plugin = {
  name: 'parser',
  setup({ onLoad }) {
    onLoad({ filter: /lib\/closure\/source\/script\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const contents = text.replace(/\bloadOwn\('source\/parser'\)/, "require('./parser.ts')")
      if (contents === text) throw new Error(`${path} loads its parser in another way than this script knows.`)
      return { contents, loader: 'ts' }
    })
  },
}

const options: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  external,
  plugins: [parser, ownZod],
  // The SDK's few CommonJS parts call require.
  banner: { js: "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);" },
  logLevel: 'warning',
}

/** @param folder gets a folder for each function: `index.js` and what belongs beside it */
export async function buildFunctions(folder = `${root}dist/functions`): Promise<void> {
  for (const name of functionNames) {
    const outdir = `${folder}/${name}`
    // Chunks are named by their content: those of earlier builds would stay, and be deployed.
    rmSync(outdir, { recursive: true, force: true })
    mkdirSync(outdir, { recursive: true })
    // The executor lies one folder deep, as in lib, as its paths count from there.
    const entry = name === 'executor' ? 'function/index' : 'index'
    await build({ ...options, outdir, entryPoints: { [entry]: `functions/${name}.ts` } })
    writeFileSync(`${outdir}/package.json`, '{"type":"module"}\n')
  }
  // In parts, as hardly a job needs the larger half, which captures: they lie beside each other, so that paths count from there.
  await build({
    ...options,
    outdir: `${folder}/executor/worker/child`,
    entryPoints: child,
    splitting: true,
    chunkNames: '[name]-[hash]',
  })
  await build({
    ...options,
    outdir: `${folder}/executor`,
    entryPoints: hostModules,
    splitting: true,
    chunkNames: 'shared/[hash]',
    external: [...external, '@aws-sdk/*'],
  })
  writeFileSync(`${folder}/executor/index.js`, "export { handler } from './function/index.js'\n")
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildFunctions(process.argv[2])
