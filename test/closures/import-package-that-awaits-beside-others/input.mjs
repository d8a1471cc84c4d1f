import { three } from 'patient'
import plain from 'plain'
export default async () => {
  const { four } = await import('slow')
  return [three, plain.name, plain.sloppy(), plain.hasNoFiles(), four]
}
