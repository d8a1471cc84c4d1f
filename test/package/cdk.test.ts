import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const names = ['api', 'control', 'cron', 'executor', 'release', 'sweeper']
const program = `
  import { App, Stack } from 'aws-cdk-lib'
  import { PiCloud } from 'picloud/cdk'
  const app = new App({ outdir: 'cdk.out' })
  const cloud = new PiCloud(new Stack(app, 'Mine'), 'Cloud', { executor: { memory: 2816 } })
  app.synth()
  console.log(Object.keys(cloud.functions).sort().join())`

let home: string

/** Somebody's CDK app: a folder with this package as packed, and CDK. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'picloud-cdk-'))
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_(?!EXTRA_CA_CERTS)|VITEST)/.test(name)),
  )
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', home], { cwd: root })
  const tarball = (await readdir(home)).find(name => name.endsWith('.tgz'))
  await writeFile(join(home, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const cdk = ['aws-cdk-lib', 'constructs'].map(name => `${name}@${devDependencies[name]}`)
  await run('npm', ['install', '--no-audit', '--no-fund', `./${tarball}`, ...cdk], { cwd: home, env })
  await writeFile(join(home, 'app.mjs'), program)
  const { stdout } = await run(process.execPath, ['app.mjs'], { cwd: home, env })
  expect(stdout.trim()).toBe(names.join())
})

afterAll(() => rm(home, { recursive: true, force: true }))

interface Assets {
  readonly files: Record<string, { readonly source: { readonly path: string; readonly packaging: string } }>
}

test('the app synthesises, with the bundles of the package as its assets and nothing built', async () => {
  const { files }: Assets = JSON.parse(await readFile(join(home, 'cdk.out/Mine.assets.json'), 'utf8'))
  const folders = Object.values(files).filter(({ source }) => source.packaging === 'zip')
  expect(folders).toHaveLength(names.length)
  for (const { source } of folders) {
    const bundle = await readFile(join(home, 'cdk.out', source.path, 'index.js'), 'utf8')
    expect(bundle).toMatch(/export\s*\{[^}]*\bhandler\b/)
  }
})

test('the stack’s own program, which picloud deploy hands to CDK, synthesises too', async () => {
  const folder = join(home, 'own.out')
  const env = { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify({ stack: 'Theirs' }) }
  await run(process.execPath, [join(home, 'node_modules/picloud/dist/bin/app.js')], { cwd: home, env })
  const { artifacts } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  expect(Object.keys(artifacts)).toContain('Theirs')
})

test('the executor’s asset holds what it starts, and what jobs import', async () => {
  const beside = await readdir(join(home, 'node_modules/picloud/dist/functions/executor'), { recursive: true })
  const needed = [
    'index.js',
    'package.json',
    'worker/child/main.js',
    'worker/child/watchdog-thread.js',
    'picloud/index.js',
  ]
  expect(beside).toEqual(expect.arrayContaining([...needed, 'picloud/mp.js']))
})

test('its options arrive in the template', async () => {
  const template = JSON.parse(await readFile(join(home, 'cdk.out/Mine.template.json'), 'utf8'))
  const functions = Object.values<{ Type: string; Properties: { MemorySize?: number } }>(template.Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => Properties.MemorySize)
  expect(functions.filter(size => size === 2816)).toHaveLength(1)
})

test('who only runs jobs installs no CDK', async () => {
  const { peerDependenciesMeta, dependencies } = JSON.parse(
    await readFile(join(home, 'node_modules/picloud/package.json'), 'utf8'),
  )
  expect(peerDependenciesMeta).toMatchObject({ 'aws-cdk-lib': { optional: true }, constructs: { optional: true } })
  expect(Object.keys(dependencies).filter(name => /cdk|constructs/.test(name))).toEqual([])
})
