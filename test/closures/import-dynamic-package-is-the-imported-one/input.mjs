import { Kind, next } from 'kinds'
export default async () => {
  const kinds = await import(`kinds`)
  return [kinds.Kind === Kind, new kinds.Kind().n]
}
