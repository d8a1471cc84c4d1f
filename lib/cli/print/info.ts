import type { JobInfo } from '../../client/api.ts'
import { dollars } from './dollars.ts'
import { framesOf } from './frames.ts'
import { readableBytes } from './readable-bytes.ts'

type Info = Readonly<Partial<JobInfo>>

/** Those that say nothing unless something is there. */
const onlyWhereSet: ReadonlySet<string> = new Set([
  'exception',
  'label',
  'parent',
  'profile',
  'waitsFor',
  'highCpu',
  'billed',
  'cost',
])
const times: ReadonlySet<string> = new Set(['created', 'started', 'finished'])

/**
 * What is kept of jobs, for people: a heading a job, a line a fact, times in UTC, output below.
 * @param all by jid
 */
export function printInfo(all: Readonly<Record<number, Info>>): string {
  const jobs = Object.entries(all).map(([jid, info]) => `job ${jid}\n${facts(info)}${output(info)}`)
  const billed = Object.values(all).filter(({ cost, billed }) => typeof (cost ?? billed) === 'number')
  if (billed.length > 1) jobs.push(`these ${billed.length} jobs\n${facts(sums(billed))}`)
  return jobs.join('\n')
}

/** Of jobs that were billed. */
function sums(all: readonly Info[]): Info {
  const known = (['billed', 'cost'] as const).filter(key => all.some(info => typeof info[key] === 'number'))
  return Object.fromEntries(known.map(key => [key, all.reduce((sum, info) => sum + (info[key] ?? 0), 0)]))
}

function facts(info: Info): string {
  return Object.entries(info)
    .filter(([key, value]) => !key.startsWith('std') && !(onlyWhereSet.has(key) && !value))
    .map(([key, value]) => `  ${key.padEnd(10)}${told(key, value)}\n`)
    .join('')
}

function told(key: string, value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (times.has(key)) return `${new Date(value as number).toISOString().replace('T', ' ').slice(0, -1)} UTC`
  switch (key) {
    case 'runtime':
    case 'billed':
      return seconds(value as number)
    case 'cost':
      return dollars(value as number)
    case 'memory':
      return readableBytes(value as number)
    case 'cputime': {
      const { user, system } = value as { user: number; system: number }
      return `${seconds(user)} user, ${seconds(system)} system`
    }
    case 'exception': {
      const failure = value as NonNullable<JobInfo['exception']>
      const frames = framesOf(failure)
      const text = `${failure.code}: ${failure.message}${frames === '' ? '' : `\n${frames}`}`
      return text.replaceAll('\n', `\n${' '.repeat(12)}`)
    }
    case 'highCpu':
      return 'yes'
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}

function output(info: Info): string {
  const streams = ['stdout', 'stderr'] as const
  return streams.map(name => stream(name, info[name], info[`${name}Dropped`])).join('')
}

function stream(name: string, text = '', dropped = 0): string {
  if (text === '' && dropped === 0) return ''
  const heading = dropped === 0 ? name : `${name}, the last of it: ${dropped} characters are gone`
  return `  ${heading}\n${text.replace(/^(?=.)/gm, '    ').replace(/\n?$/, '\n')}`
}

function seconds(value: number): string {
  return value < 1 ? `${Math.round(value * 1_000)} ms` : `${value.toFixed(1)} s`
}
