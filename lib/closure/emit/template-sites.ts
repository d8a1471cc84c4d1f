import type { TemplateSite } from '../names/scope.ts'
import { type Edit, type FunctionCode, hasTemplate } from '../source/function-code.ts'
import type { Script } from '../source/script.ts'

/**
 * Whenever a tagged template runs, its function gets the same object, which stands for the place in the text. Where a
 * place is in the texts of two functions that travel, as of one that makes the other, the object is made beside them,
 * and both call with that. Where something holds the object, it comes with the data, and they call with that.
 */
export class TemplateSites {
  readonly #names = new Map<TemplateSite, string>()
  /** What makes the objects. */
  declarations = ''

  /**
   * @param codes of all functions whose text is emitted; some may be one text
   * @param kept names under which the objects of some places come
   */
  constructor(codes: readonly FunctionCode[], kept: ReadonlyMap<TemplateSite, string>) {
    for (const [site, name] of kept) this.#names.set(site, name)
    const texts = new Map<Script, Set<FunctionCode>>()
    for (const code of codes) {
      if (code.script.names.templates.length === 0) continue
      texts.set(code.script, (texts.get(code.script) ?? new Set()).add(code))
    }
    let prefix = 'picloud$template'
    while ([...texts.keys()].some(({ source }) => source.includes(prefix))) prefix += '$'
    for (const [{ names, source }, ofScript] of texts) {
      if (ofScript.size === 1) continue
      for (const site of names.templates) {
        if (kept.has(site) || [...ofScript].filter(code => hasTemplate(code, site)).length < 2) continue
        const name = `${prefix}${this.#names.size}`
        this.#names.set(site, name)
        this.declarations += `const ${name} = (parts => parts)${templateOf(site, source)}\n`
      }
    }
  }

  /** The code with calls in the place of the templates that it shares with others. */
  share(code: FunctionCode): FunctionCode {
    if (this.#names.size === 0) return code
    const shared = code.script.names.templates.filter(site => this.#names.has(site) && hasTemplate(code, site))
    if (shared.length === 0) return code
    const calls = shared.flatMap(site => callEdits(site, this.#names.get(site) as string))
    return { ...code, edits: [...calls, ...code.edits].sort((a, b) => a.start - b.start) }
  }
}

/** The template with the same texts, and nothing of the user's between them. */
function templateOf({ node: { quasi } }: TemplateSite, source: string): string {
  return `\`${quasi.quasis.map(({ start, end }) => source.slice(start, end)).join('$' + '{0}')}\``
}

/** Of `f`a${x}b``: `f(name, (x))`. What is called, and on what, stays as it was. */
function callEdits({ node, constructed }: TemplateSite, name: string): Edit[] {
  const { quasis, start, end } = node.quasi
  const close = constructed ? '))' : ')'
  const edits: Edit[] = constructed ? [{ start: node.start, end: node.start, text: '(' }] : []
  for (const [index, part] of quasis.entries()) {
    const isLast = index === quasis.length - 1
    edits.push({
      start: index === 0 ? start : part.start - 1,
      end: isLast ? end : part.end + 2,
      text: `${index === 0 ? `(${name}` : ')'}${isLast ? close : ', ('}`,
    })
  }
  return edits
}
