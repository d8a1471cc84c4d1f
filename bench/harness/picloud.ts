/** The built package, as its users load it. */
export const loadCloud = async () => (await import('../../dist/lib/index.js')).default
