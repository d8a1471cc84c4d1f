interface Wide {
  readonly a: number
  readonly b: string
}
type Check = (wide: Wide) => never
const check: Check = ({ a, b }: Wide): never => {
  throw new RangeError(`${a satisfies number}${b as string}` as string)
}
export const args = [{ a: 1, b: 'x' }]
export default (wide: Wide): never => check(wide)
