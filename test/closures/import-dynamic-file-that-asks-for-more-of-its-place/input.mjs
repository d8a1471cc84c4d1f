export default async name => (await import('./lazy.mjs')).read(name)
export const args = ['words']
