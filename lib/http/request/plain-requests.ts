import {
  MAX_CALL_WAIT_MS,
  MAX_LEASE_JIDS,
  MAX_REQUEST_RANGES,
  MAX_SEGMENT_JOBS,
  MAX_WAIT_MS,
  MAX_WAIT_RESULTS,
} from '../../protocol/limits.ts'
import type {
  CallHeader,
  FunctionReference,
  LeaseRequest,
  Submission,
  SubmitHeader,
  WaitRequest,
} from '../../protocol/routes.ts'
import { plainOptions } from './plain-options.ts'
import { isHash, isInt, isPlain, isRange, mapped } from './plain-value.ts'

/**
 * The requests that every job takes, read without their schemas: what is plainly right, as the schema would give it (a
 * copy). Undefined of all else, also of what is right but rare: the schema then judges. A test holds both together.
 */

export function plainLeaseRequest(value: unknown): LeaseRequest | undefined {
  if (!isPlain(value, leaseKeys) || !isInt(value['count'], 1, MAX_LEASE_JIDS)) return undefined
  return { count: value['count'] }
}
const leaseKeys = new Set(['count'])

export function plainWaitRequest(value: unknown): WaitRequest | undefined {
  if (!isPlain(value, waitKeys)) return undefined
  const { results, wait, limit } = value
  const ranges = mapped(value['ranges'], MAX_REQUEST_RANGES, copyOfRange)
  if (ranges === undefined || ranges.length === 0 || typeof results !== 'boolean' || !isInt(wait, 0, MAX_WAIT_MS)) {
    return undefined
  }
  if (!('limit' in value)) return { ranges, results, wait }
  return isInt(limit, 1, MAX_WAIT_RESULTS) ? { ranges, results, wait, limit } : undefined
}
const waitKeys = new Set(['ranges', 'results', 'wait', 'limit'])

export function plainSubmitHeader(value: unknown): SubmitHeader | undefined {
  return isPlain(value, submitKeys) ? submitOf(value) : undefined
}
const submitKeys = new Set(['submissions', 'bundles'])

export function plainCallHeader(value: unknown): CallHeader | undefined {
  if (!isPlain(value, callKeys)) return undefined
  const { wait } = value
  const submit = submitOf(value)
  return submit && isInt(wait, 0, MAX_CALL_WAIT_MS) ? { ...submit, wait } : undefined
}
const callKeys = new Set([...submitKeys, 'wait'])

function submitOf(value: Readonly<Record<string, unknown>>): SubmitHeader | undefined {
  const submissions = mapped(value['submissions'], Number.POSITIVE_INFINITY, submissionOf)
  if (submissions === undefined || submissions.length === 0) return undefined
  if (!('bundles' in value)) return { submissions }
  const bundles = mapped(value['bundles'], Number.POSITIVE_INFINITY, bundleOf)
  return bundles && { submissions, bundles }
}

function bundleOf(value: unknown): NonNullable<SubmitHeader['bundles']>[number] | undefined {
  if (!isPlain(value, bundleKeys)) return undefined
  const { hash, section } = value
  return isHash(hash) && isInt(section, 0) ? { hash, section } : undefined
}
const bundleKeys = new Set(['hash', 'section'])

function submissionOf(value: unknown): Submission | undefined {
  if (!isPlain(value, submissionKeys)) return undefined
  const { id, open } = value
  const segments = mapped(value['segments'], MAX_SEGMENT_JOBS, segmentOf)
  const fn = functionOf(value['function'])
  const options = plainOptions(value['options'])
  if (segments === undefined || fn === undefined || options === undefined || !isInt(id, 1)) return undefined
  const submission = { id, function: fn, options, segments }
  if (!('open' in value)) return submission
  return typeof open === 'boolean' ? { ...submission, open } : undefined
}
const submissionKeys = new Set(['id', 'function', 'options', 'segments', 'open'])

function segmentOf(value: unknown): Submission['segments'][number] | undefined {
  if (!isPlain(value, segmentKeys)) return undefined
  const { first, count, args } = value
  if (!isInt(first, 1) || !isInt(count, 1, MAX_SEGMENT_JOBS) || !Array.isArray(args) || args.length !== 2) {
    return undefined
  }
  const [ends, bytes] = args as readonly unknown[]
  return isInt(ends, 0) && isInt(bytes, 0) ? { first, count, args: [ends, bytes] } : undefined
}
const segmentKeys = new Set(['first', 'count', 'args'])

function functionOf(value: unknown): FunctionReference | undefined {
  if (!isPlain(value, functionKeys)) return undefined
  const { bundle, code, name, node } = value
  if (!isHash(bundle) || !isHash(code) || typeof name !== 'string' || name.length > 1_000 || !isInt(node, 1)) {
    return undefined
  }
  if (!('modules' in value)) return { bundle, code, name, node }
  const modules = mapped(value['modules'], 1_000, hash => (isHash(hash) ? hash : undefined))
  return modules && { bundle, code, modules, name, node }
}
const functionKeys = new Set(['bundle', 'code', 'modules', 'name', 'node'])

function copyOfRange(value: unknown): [number, number] | undefined {
  return isRange(value) ? [value[0], value[1]] : undefined
}
