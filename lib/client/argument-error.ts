/** A mistake in how a function of ours was called: a TypeError that carries a code of the table, as Node's own do. */
export function argumentError(message: string): TypeError & { readonly code: 'invalid-argument' } {
  return Object.assign(new TypeError(message), { code: 'invalid-argument' as const })
}

/** How a wrong value is named in a message. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return value.length > 60 ? `a string of ${value.length} characters` : `'${value}'`
  if (typeof value === 'function') return `the function ${value.name || '(unnamed)'}`
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object'
  return String(value)
}
