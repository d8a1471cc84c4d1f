import { CloudException } from '../../protocol/errors.ts'
import type { RequestLike } from '../../protocol/message.ts'
import { readBytes, readJson } from './body.ts'

/** Bytes of the arguments of one call over HTTP. */
export const MAX_CALL_BYTES = 4 * 1024 * 1024

const FORM_TYPE = 'application/x-www-form-urlencoded'

/** Arguments by name: a JSON object, or a form whose fields are JSON or else text, as `curl -d` sends it. No body = none. */
export async function readArguments(request: RequestLike, limit: number): Promise<Readonly<Record<string, unknown>>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type === FORM_TYPE) return ofForm(new TextDecoder().decode(await readBytes(request, limit)))
  if (type === undefined && request.body === null) return {}
  const read = await readJson(request, limit)
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return { ...read }
  throw new CloudException('The arguments are no JSON object: name each of them.', { code: 'invalid-request' })
}

function ofForm(text: string): Readonly<Record<string, unknown>> {
  const args = new Map<string, unknown>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (args.has(name)) {
      throw new CloudException(`The argument ${name.slice(0, 100)} is there twice.`, { code: 'invalid-request' })
    }
    args.set(name, jsonOrText(value))
  }
  return Object.fromEntries(args)
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
