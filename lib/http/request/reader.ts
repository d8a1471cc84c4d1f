import type * as z from 'zod'
import { toDotPath } from 'zod/v4/core'
import { CloudException } from '../../protocol/errors.ts'

/** Requests of a kind after which its schema is compiled: that takes milliseconds once, and makes each check ten times faster. */
const HOT = 32

/** Reads what was asked as its schema says; `invalid-request` tells where it went wrong. */
export function reader<T>(schema: z.ZodType<T>): (value: unknown) => T {
  let current = schema
  let uses = 0
  const compiled = async (): Promise<void> => {
    const { compile } = await import('./compile-schema.ts')
    current = compile(schema)
  }
  return value => {
    if (++uses === HOT) void compiled()
    const result = current.safeParse(value)
    if (result.success) return result.data
    throw refused(result.error)
  }
}

function refused(error: z.ZodError): CloudException {
  const issues = error.issues.slice(0, 3).map(({ path, message }) => `${toDotPath(path) || 'it'}: ${message}`)
  return new CloudException(`The request is not as this route takes it: ${issues.join('; ')}.`, {
    code: 'invalid-request',
    cause: error,
  })
}
