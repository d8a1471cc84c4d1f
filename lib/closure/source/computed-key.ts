import type { AnyNode } from 'acorn'
import type { Edit } from './function-code.ts'

/** Between tokens: comments, and the brackets that a syntax tree does not show. */
const GAP = /(?:\/\*[\s\S]*?\*\/|\/\/[^\n\r\u2028\u2029]*|[^/[\]])*/y

/** Names a method whose key is computed: the key was found when the method was made. `start` is that of its text. */
export function withoutComputedKey(key: AnyNode, start: number, source: string): Edit {
  const from = behindGap(source, start)
  const before = source[from - 1] ?? ''
  const isApart = from === start || /[\s*/]/.test(before)
  return { start: from, end: behindGap(source, key.end) + 1, text: isApart ? 'method' : ' method' }
}

function behindGap(source: string, at: number): number {
  GAP.lastIndex = at
  GAP.test(source)
  return GAP.lastIndex
}
