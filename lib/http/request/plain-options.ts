import {
  MAX_DURATION_MS,
  MAX_LABEL_CHARS,
  MAX_REQUEST_RANGES,
  MAX_RETRIES,
  MAX_SEGMENT_JOBS,
} from '../../protocol/limits.ts'
import type { WireOptions } from '../../protocol/options.ts'
import { resultForms } from '../../protocol/plain-payload.ts'
import { isInt, isPlain, isRange, mapped } from './plain-value.ts'

const isBoolean = (value: unknown): boolean => typeof value === 'boolean'
const isText = (value: unknown, least: number): boolean =>
  typeof value === 'string' && value.length >= least && value.length <= MAX_LABEL_CHARS

/** What each option is, where it is plainly right. */
const options: Readonly<Record<keyof WireOptions, (value: unknown) => boolean>> = {
  label: value => isText(value, 1),
  // Not by `every`, which passes over holes.
  dependsOn: value => mapped(value, MAX_REQUEST_RANGES, item => (isRange(item) ? item : undefined)) !== undefined,
  dependsOnErrors: value => value === 'abort' || value === 'ignore',
  restartable: isBoolean,
  highCpu: isBoolean,
  killProcess: isBoolean,
  profile: isBoolean,
  fastSerialization: value => value === 0 || value === 1 || value === 2,
  maxRuntime: value => isInt(value, 1, MAX_DURATION_MS),
  startAt: value => isInt(value, 0),
  retries: value => isInt(value, 0, MAX_RETRIES),
  env: value => isText(value, 0),
  resultForm: value => (resultForms as readonly unknown[]).includes(value),
  chunkSize: value => isInt(value, 1, MAX_SEGMENT_JOBS),
}
const names: ReadonlySet<string> = new Set(Object.keys(options))

/** A copy; undefined of what its schema is to judge. */
export function plainOptions(value: unknown): WireOptions | undefined {
  if (!isPlain(value, names)) return undefined
  for (const name of Object.keys(value)) if (!options[name as keyof WireOptions](value[name])) return undefined
  return structured(value as WireOptions)
}

function structured(options: WireOptions): WireOptions {
  const { dependsOn } = options
  if (dependsOn === undefined) return { ...options }
  return { ...options, dependsOn: dependsOn.map(([first, count]) => [first, count]) }
}
