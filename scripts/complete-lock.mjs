// Adds to package-lock.json the entries of other platforms' binaries that npm left out because a registry mirror lacks
// them: without them `npm ci` refuses the lock file everywhere. Run it after `npm install` behind such a mirror.
import { readFileSync, writeFileSync } from 'node:fs'

const systems = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

const path = process.argv[2] ?? 'package-lock.json'
const lock = JSON.parse(readFileSync(path, 'utf8'))
const packages = lock.packages
const added = []

for (const [parent, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (isLocked(name, parent)) continue
    packages[`node_modules/${name}`] = entryOf(name, version, dev)
    added.push(name)
  }
}

lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
console.log(added.length === 0 ? `${path} is complete.` : `Added to ${path}:\n${added.join('\n')}`)

/** npm looks for a dependency in the package's own node_modules, then in those of the folders above. */
function isLocked(name, parent) {
  const folders = parent.split('/node_modules/').map((_, index, all) => all.slice(0, index + 1).join('/node_modules/'))
  return ['', ...folders.map(folder => `${folder}/`)].some(folder =>
    Object.hasOwn(packages, `${folder}node_modules/${name}`),
  )
}

/** By its name, as makers of binaries spell it: `linux-x64-musl`, `win32-arm64-msvc`, `linux-arm-gnueabihf`. */
function entryOf(name, version, dev) {
  const words = name.split('/').at(-1).split('-')
  const os = systems.find(system => words.includes(system))
  const cpu = processors.find(processor => words.includes(processor))
  if (os === undefined || cpu === undefined || !/^\d+\.\d+\.\d+\S*$/.test(version)) {
    throw new Error(`${name}@${version}: its name doesn't say for which platform it is; add its entry by hand.`)
  }
  const libc = words.some(word => word.startsWith('musl')) ? ['musl'] : words.includes('gnu') ? ['glibc'] : undefined
  return { version, cpu: [cpu], ...(dev && { dev }), ...(libc && os === 'linux' && { libc }), optional: true, os: [os] }
}
