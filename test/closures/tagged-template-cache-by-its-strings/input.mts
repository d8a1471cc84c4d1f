let compiled = 0
const cache = new Map<TemplateStringsArray, (values: readonly unknown[]) => string>()

function compile(strings: TemplateStringsArray): (values: readonly unknown[]) => string {
  compiled++
  const parts = [...strings.raw]
  return values => parts.map((part, index) => part + (index < values.length ? String(values[index]) : '')).join('')
}

function sql(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
  let known = cache.get(strings)
  if (known === undefined) cache.set(strings, (known = compile(strings)))
  return known(values)
}

const byId = (id: number): string => sql`select * from "users" where id = ${id}\n`
const byName = (name: string): string => sql`select * from users where name = ${name}`
class Posts {
  static of(id: number): string {
    return sql`select * from posts where author = ${id}`
  }
}
byId(1)
byName('a')
Posts.of(1)

export default () => [byId(2), byName('b'), Posts.of(3), compiled, sql`new ${1}`, compiled, cache.size]
