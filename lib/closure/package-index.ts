import type { WireReference } from './bundle-format.ts'

export function packagePathOf(_value: object, _file: string): WireReference | undefined {
  return undefined
}
