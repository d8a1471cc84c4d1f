import { CloudException } from '../../protocol/errors.ts'
import { encodePlain, type ResultForm } from '../../protocol/plain-payload.ts'
import { renderPath } from '../../value/path.ts'
import { jsonLossIn } from './json-loss.ts'

/** A result for callers that speak HTTP alone. Throws `result-unserializable` for what the form can't hold. */
export function plainResult(value: unknown, form: ResultForm): Uint8Array {
  if (form === 'json') return encodePlain({ kind: 'json', json: asJson(value) })
  if (typeof value === 'string') return encodePlain({ kind: 'text', text: value })
  if (value instanceof Uint8Array) return encodePlain({ kind: 'bytes', bytes: value })
  throw refuse(
    `it is ${nameOf(value)}, and was published to give text or bytes as they are`,
    'Return a string or a Buffer.',
  )
}

function asJson(value: unknown): string {
  let json: string | undefined
  try {
    json = JSON.stringify(value)
  } catch (cause) {
    throw refuse(
      `JSON can’t hold it (${cause instanceof Error ? cause.message : String(cause)})`,
      'Return plain data.',
      cause,
    )
  }
  if (json !== undefined) {
    const loss = jsonLossIn(value)
    if (loss === undefined) return json
    throw refuse(
      `JSON can’t hold ${loss.what} (${renderPath(loss.path, 'result')})`,
      'Return plain data: lists, objects of names, text, finite numbers, true, false and null.',
    )
  }
  // What a function without `return` gives.
  if (value === undefined) return 'null'
  throw refuse(`JSON can’t hold ${nameOf(value)}`, 'Return plain data.')
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function refuse(why: string, hint: string, cause?: unknown): CloudException {
  return new CloudException(`The result can’t be sent: ${why}.`, { code: 'result-unserializable', hint, cause })
}
