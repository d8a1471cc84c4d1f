import fc from 'fast-check'

/** Random graphs of everything that can refer to something: told as data, so that a failing one can be printed and shrunk. */

/** What a node is, before its links are laid. */
const kinds = [
  'object',
  'null',
  'array',
  'map',
  'set',
  'heir',
  'account',
  'savings',
  'reads',
  'writes',
  'bound',
] as const
type Kind = (typeof kinds)[number]

/** A link from one node to another (by number, modulo how many there are), or to something plain. */
interface Link {
  readonly from: number
  readonly to: number
  readonly plain: unknown
  readonly isPlain: boolean
  readonly key: string
  readonly how: 'value' | 'hidden' | 'accessor' | 'symbol' | 'far'
}

interface Plan {
  readonly kinds: readonly Kind[]
  readonly links: readonly Link[]
  /** Of each node: 0 as it is, 1 not extensible, 2 sealed, 3 frozen. */
  readonly closed: readonly number[]
}

const plain: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.bigInt(),
  fc.constantFrom(undefined, null, true, -0, Number.NaN, Symbol.iterator, Symbol.for('known')),
)

export const plans: fc.Arbitrary<Plan> = fc.record({
  kinds: fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 12 }),
  links: fc.array(
    fc.record({
      from: fc.nat(11),
      to: fc.nat(11),
      plain,
      isPlain: fc.boolean(),
      key: fc.constantFrom('a', 'b', 'constructor', '__proto__', 'then', 'toJSON', '7', ''),
      how: fc.constantFrom('value', 'hidden', 'accessor', 'symbol', 'far'),
    }),
    { maxLength: 30 },
  ),
  closed: fc.array(fc.constantFrom(0, 0, 0, 1, 2, 3), { minLength: 12, maxLength: 12 }),
})

export class Account {
  static readonly opened: unknown[] = []
  #held: unknown[] = []
  static hold(account: Account, it: unknown): void {
    account.#held.push(it)
  }
  static held(account: Account): readonly unknown[] {
    return account.#held
  }
  static is(object: object): object is Account {
    return #held in object
  }
}
export class Savings extends Account {
  #rate: unknown = 1
  static rate(account: Savings, rate?: unknown): unknown {
    if (rate !== undefined) account.#rate = rate
    return account.#rate
  }
  static override is(object: object): object is Savings {
    return #rate in object
  }
}

function told(this: unknown, ...args: readonly unknown[]): readonly unknown[] {
  return [this, ...args]
}

/** A variable that two functions share; each pair has its own. */
function cell(): { readonly reads: () => unknown; readonly writes: (it: unknown) => void } {
  let held: unknown
  return {
    reads: () => held,
    writes: it => {
      held = it
    },
  }
}

/** A graph, with what looks inside of its nodes: travels as a whole. */
export interface Graph {
  /** No two graphs of a process are the same bytes, by which it would take one's functions for the other's. */
  readonly serial: number
  readonly nodes: readonly object[]
  /** Functions that return what only they can tell, and change nothing. */
  readonly tellers: readonly (() => unknown)[]
  readonly unique: symbol
  readonly Account: typeof Account
  readonly Savings: typeof Savings
}

let graphs = 0

/** The graph of a plan. */
export function build({ kinds, links, closed }: Plan, serial = graphs++): Graph {
  let { reads, writes } = cell()
  const tellers: (() => unknown)[] = [reads]
  const unique = Symbol('unique')
  const nodes: object[] = []
  for (const kind of kinds) {
    if (kind === 'reads') ({ reads, writes } = cell())
    if (kind === 'reads') tellers.push(reads)
    nodes.push(
      {
        object: () => ({}),
        null: () => Object.create(null) as object,
        array: () => [],
        map: () => new Map(),
        set: () => new Set(),
        heir: () => Object.create(nodes.findLast(node => canHaveHeirs(node)) ?? null) as object,
        account: () => new Account(),
        savings: () => new Savings(),
        reads: () => reads,
        writes: () => writes,
        bound: () => told.bind(nodes[0], nodes.at(-1)),
      }[kind](),
    )
    if (kind === 'bound') tellers.push(nodes.at(-1) as () => unknown)
  }
  for (const { from, to, isPlain, plain, key, how } of links) {
    const target = isPlain ? plain : nodes[to % nodes.length]
    const node = nodes[from % nodes.length] as object
    const kind = kinds[from % nodes.length] as Kind
    if (how === 'far' && node instanceof Map) node.set(target, nodes[(to + 1) % nodes.length])
    else if (how === 'far' && node instanceof Set) node.add(target)
    else if (how === 'far' && Array.isArray(node)) node[node.length + 3] = target
    else if (how === 'far' && kind === 'writes') (node as (it: unknown) => void)(target)
    else if (how === 'far' && kind === 'savings') Savings.rate(node as Savings, target)
    else if (how === 'far' && kind === 'account') Account.hold(node as Account, target)
    else lay(node, how === 'symbol' ? unique : key, how, target, reads)
  }
  for (const [index, node] of nodes.entries()) {
    if (closed[index] === 1) Object.preventExtensions(node)
    else if (closed[index] === 2) Object.seal(node)
    else if (closed[index] === 3) Object.freeze(node)
  }
  return { serial, nodes, tellers, unique, Account, Savings }
}

// What inherits from an array, a Map or a Set without being one is refused.
function canHaveHeirs(node: object): boolean {
  return typeof node === 'object' && !Array.isArray(node) && !(node instanceof Map) && !(node instanceof Set)
}

function lay(node: object, key: PropertyKey, how: Link['how'], target: unknown, reads: () => unknown): void {
  if (how === 'accessor') Object.defineProperty(node, key, { get: reads, enumerable: true, configurable: true })
  else
    Object.defineProperty(node, key, {
      value: target,
      enumerable: how !== 'hidden',
      configurable: true,
      writable: true,
    })
}
