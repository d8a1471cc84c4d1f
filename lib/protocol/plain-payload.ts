import { CloudException } from './errors.ts'

/**
 * Payloads that other languages read and write: JSON, text or bytes as they are, behind a mark. Value encodings begin with
 * a byte below 0x80 and blob references with 0xb0, so that each is told by its first byte.
 */
const marks = { json: 0xb1, text: 0xb2, bytes: 0xb3 } as const

/** How a job's result is kept for callers that speak HTTP alone. */
export const resultForms = ['json', 'raw'] as const
/** `json`: as JSON. `raw`: text or bytes as they are. */
export type ResultForm = (typeof resultForms)[number]

export type Plain =
  | { readonly kind: 'json'; readonly json: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

export function encodePlain(plain: Plain): Uint8Array {
  const content =
    plain.kind === 'json'
      ? encoder.encode(plain.json)
      : plain.kind === 'text'
        ? encoder.encode(plain.text)
        : plain.bytes
  const payload = new Uint8Array(content.byteLength + 1)
  payload[0] = marks[plain.kind]
  payload.set(content, 1)
  return payload
}

/** Undefined for a payload of another kind. Bytes are a view. Throws `decode` for text that is no UTF-8. */
export function plainOf(payload: Uint8Array): Plain | undefined {
  const mark = payload[0]
  if (mark === marks.bytes) return { kind: 'bytes', bytes: payload.subarray(1) }
  if (mark !== marks.json && mark !== marks.text) return undefined
  try {
    const text = decoder.decode(payload.subarray(1))
    return mark === marks.json ? { kind: 'json', json: text } : { kind: 'text', text }
  } catch (cause) {
    throw new CloudException('This payload can’t be read: its text is no UTF-8.', { code: 'decode', cause })
  }
}

/** The value that it stands for in a program: what the JSON says, a string, or a copy of the bytes. */
export function valueOfPlain(plain: Plain): unknown {
  if (plain.kind === 'text') return plain.text
  if (plain.kind === 'bytes') return plain.bytes.slice()
  try {
    return JSON.parse(plain.json)
  } catch (cause) {
    throw new CloudException('This payload can’t be read: it is not JSON.', { code: 'decode', cause })
  }
}
