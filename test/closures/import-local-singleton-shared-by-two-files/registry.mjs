export const registry = new Set()
