/** A line of a value: `name{label="value"} 1`. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** All that is told of one metric. */
export interface Family {
  readonly name: string
  readonly help: string
  readonly type: string
  readonly samples: readonly Sample[]
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*/
const VALUE = /^(?:[+-]?Inf|NaN|[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)$/
const types: ReadonlySet<string> = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped'])
const escapes: Readonly<Record<string, string>> = { '\\': '\\', '"': '"', n: '\n' }
const suffixes: Readonly<Record<string, readonly string[]>> = { histogram: ['_bucket', '_sum', '_count'] }

/**
 * Reads Prometheus's text format, 0.0.4, by its grammar. Stricter than Prometheus: each metric has its HELP and TYPE, once and first,
 * its lines stand together, and no two samples have one name and the same labels. Throws at the first line that breaks a rule.
 */
export function parseExposition(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('The last line has no end.')
  const families = new Map<string, Family & { samples: Sample[] }>()
  const seen = new Set<string>()
  let help: readonly [string, string] | undefined
  let family: (Family & { samples: Sample[] }) | undefined
  for (const line of text.slice(0, -1).split('\n')) {
    const refuse = (why: string): never => {
      throw new Error(`${why}: ${line}`)
    }
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? []
    if (kind === undefined) {
      const sample = parseSample(line, refuse)
      if (help !== undefined || family === undefined) return refuse('No TYPE')
      const names = (suffixes[family.type] ?? ['']).map(suffix => `${family?.name}${suffix}`)
      if (!names.includes(sample.name)) refuse(`Not of ${family.name}`)
      const identity = JSON.stringify([sample.name, Object.entries(sample.labels).toSorted()])
      if (seen.has(identity)) refuse('Twice')
      seen.add(identity)
      family.samples.push(sample)
      continue
    }
    if (!NAME.test(name)) refuse('No name')
    if (kind === 'HELP') {
      if (help !== undefined || families.has(name)) refuse('A second HELP')
      help = [name, rest.replace(/\\(.)|\\$/g, (_, escaped: string) => unescaped(escaped, '\\n', refuse))]
      family = undefined
      continue
    }
    if (help?.[0] !== name) return refuse('No HELP')
    if (!types.has(rest)) refuse('No type')
    family = { name, help: help[1], type: rest, samples: [] }
    families.set(name, family)
    help = undefined
  }
  return families
}

type Refuse = (why: string) => never

function unescaped(escaped: string | undefined, allowed: string, refuse: Refuse): string {
  const meant = escaped !== undefined && allowed.includes(escaped) ? escapes[escaped] : undefined
  return meant ?? refuse('An escape that is none')
}

function parseSample(line: string, refuse: Refuse): Sample {
  const [name = ''] = /^[^{ ]*/.exec(line) ?? []
  if (!NAME.test(name)) refuse('No name')
  const labels: Record<string, string> = {}
  let rest = line.slice(name.length)
  if (rest.startsWith('{')) {
    do {
      const [label] = LABEL.exec(rest.slice(1)) ?? []
      if (label === undefined || label in labels) return refuse('No label')
      const [quoted, value] = /^="((?:[^"\\]|\\.)*)"/.exec(rest.slice(1 + label.length)) ?? []
      if (quoted === undefined || value === undefined) return refuse('No label’s value')
      labels[label] = value.replace(/\\(.)/g, (_, escaped: string) => unescaped(escaped, '\\"n', refuse))
      rest = rest.slice(1 + label.length + quoted.length)
    } while (rest.startsWith(','))
    if (!rest.startsWith('}')) refuse('The labels have no end')
    rest = rest.slice(1)
  }
  if (!(rest.startsWith(' ') && VALUE.test(rest.slice(1)))) refuse('No value')
  return { name, labels, value: Number(rest.slice(1).replace('Inf', 'Infinity')) }
}
