export default async () => (await import('node:path')).sep
