import { cp, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))

/** A real addon of this machine's platform, which a tool of this project comes with. */
async function addonFile(): Promise<string> {
  const scope = join(modules, '@oxc-resolver')
  for (const name of await readdir(scope)) {
    const file = (await readdir(join(scope, name))).find(each => each.endsWith('.node'))
    if (file !== undefined) return join(scope, name, file)
  }
  throw new Error(`There is no addon below ${scope}: run npm install.`)
}

/** Writes a package with native code; `version` is also what it exports under that name. */
export async function writeAddon(folder: string, version: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  await cp(await addonFile(), join(folder, 'addon.node'))
  const manifest = { name: 'native-addon', version, main: 'index.js', files: ['index.js', 'addon.node'] }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  const text = `const { ResolverFactory } = require('./addon.node')
exports.version = '${version}'
exports.folder = __dirname
exports.resolve = (folder, name) => new ResolverFactory().sync(folder, name).path
`
  await writeFile(join(folder, 'index.js'), text)
  return folder
}

/** What a program's file exports that lies beside a `node_modules` with the addon, and a package that uses it. */
export async function programWith<Exports>(folder: string, name: string, text: string): Promise<Exports> {
  const installed = join(folder, 'node_modules')
  await writeAddon(join(installed, 'native-addon'), '0.0.1')
  await mkdir(join(installed, 'wrapper'), { recursive: true })
  const manifest = { name: 'wrapper', version: '1.0.0', type: 'module', exports: './index.js' }
  await writeFile(join(installed, 'wrapper', 'package.json'), JSON.stringify(manifest))
  const wrapper = `import { version } from 'native-addon'\nexport const wrapped = () => 'wrapped ' + version\n`
  await writeFile(join(installed, 'wrapper', 'index.js'), wrapper)
  await writeFile(join(folder, name), text)
  return (await import(pathToFileURL(join(folder, name)).href)) as Exports
}
