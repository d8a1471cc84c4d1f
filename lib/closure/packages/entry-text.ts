import { ENVIRONMENT } from '../bundle-format.ts'
import type { Way } from '../names/origin.ts'
import { packageOfFile } from './bundle-refusal.ts'

/** A file of a package that a function uses. */
export interface PackageEntry {
  /** Absolute, without links: as the user's own import resolved. Or the name of a module that the worker has. */
  readonly file: string
  readonly by: Way
  /** As the user names it. */
  readonly specifier: string
}

/** What is used of it. */
export interface PackageUse {
  readonly entry: PackageEntry
  /** Exports by name; undefined when it is used in another way, and comes whole. */
  members: Set<string> | undefined
  /** Of these, variables that are assigned. */
  readonly assigned?: Set<string>
}

/** What an ES module exports besides that is asked for more than it exports. */
const INSIDE = 'picloud$inside'
/** Where a file of CommonJS puts the same, by its path. */
export const INSIDES = 'picloud$insides'

/** What is to be put behind the text of such files, by their paths. */
export function insideTexts(uses: readonly PackageUse[]): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {}
  for (const { entry, members, assigned } of uses) {
    if (entry.by !== 'inside' && entry.by !== 'inside-required') continue
    const getters = [...(members ?? [])].sort().map(name => {
      const setter = assigned?.has(name) === true ? `, set ${name}(value) { ${name} = value }` : ''
      return `get ${name}() { return ${name} }${setter}`
    })
    const target = entry.by === 'inside' ? `export const ${INSIDE}` : `;${INSIDES}[${JSON.stringify(entry.file)}]`
    texts[entry.file] = `\n${target} = { ${getters.join(', ')} }\n`
  }
  return texts
}

/**
 * The script that makes the namespaces `m0`, `m1`, … out of what is used. It names no more than that, so that
 * the rest can be left out.
 * @param provided packages that come from the job's environment
 * @param first files that are loaded before all others
 */
export function entryText(
  uses: readonly PackageUse[],
  provided: ReadonlySet<string> = new Set(),
  first: readonly string[] = [],
): string {
  const textOfUse = ({ entry, members }: PackageUse, index: number): string =>
    provided.has(packageOfFile(entry.file)) ? providedText(entry, `m${index}`) : textOf(entry, members, `m${index}`)
  const roots = first.filter(file => !provided.has(packageOfFile(file)))
  return [...roots.map(file => `import ${JSON.stringify(file)}`), ...uses.map(textOfUse)].join('\n')
}

/** Of a package that the job's environment has. */
function providedText({ file, specifier, by }: PackageEntry, name: string): string {
  const owner = packageOfFile(file)
  // Compilers and links may name it otherwise than Node finds it.
  const wanted = specifier === owner || specifier.startsWith(`${owner}/`) ? specifier : owner
  const required = `require(${JSON.stringify(`${ENVIRONMENT}${by.replace('()', '')}:${wanted}`)})`
  if (by === 'import()')
    return `export const ${name} = { get imported() { return Promise.resolve().then(() => ${required}) } }`
  if (by === 'require()') return `export const ${name} = { get exports() { return ${required} } }`
  return `export const ${name} = ${required}`
}

function textOf({ file, by }: PackageEntry, members: PackageUse['members'], name: string): string {
  const text = JSON.stringify(file)
  const required = `require(${text})`
  switch (by) {
    case 'import':
      return members === undefined ? `export * as ${name} from ${text}` : partText([...members].sort(), text, name)
    case 'require':
      return `export const ${name} = ${required}`
    case 'import()':
      return `export const ${name} = { get imported() { return ${file.startsWith('/') ? `import(${text})` : `Promise.resolve(${required})`} } }`
    case 'require()':
      return `export const ${name} = { get exports() { return ${required} } }`
    case 'inside':
      return `import { ${INSIDE} as ${name}$ } from ${text}\nexport const ${name} = ${name}$`
    case 'inside-required':
      return `export const ${name} = (${required}, ${INSIDES}[${text}])`
    case 'interop-node':
      return `export const ${name} = ${namespaceOf(required)}`
    case 'interop':
      return `export const ${name} = ${required}.__esModule ? ${required} : ${namespaceOf(required)}`
  }
}

function partText(members: readonly string[], file: string, name: string): string {
  const parts = members.map((member, index) => [JSON.stringify(member), `${name}$${index}`] as const)
  const names = parts.map(([member, local]) => `${member} as ${local}`)
  const getters = parts.map(([member, local]) => `get ${member}() { return ${local} }`)
  return `import { ${names.join(', ')} } from ${file}\nexport const ${name} = { ${getters.join(', ')} }`
}

function namespaceOf(required: string): string {
  return `Object.assign(Object.create(null), ${required}, { default: ${required} })`
}
