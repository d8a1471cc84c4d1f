import type { CodeHeader } from '../bundle-format.ts'

/** Knows where the text of an emitted script came from. */
export interface Frames {
  /** Puts the user's files and lines into a stack trace. */
  readonly map: (stack: string) => string
}

const PER_FUNCTION = 6

/** Of a script, by the position table in its header. */
export function framesOf(filename: string, { files, positions }: CodeHeader): Frames {
  const place = (line: number, column: number): string | undefined => {
    for (let at = 0; at < positions.length; at += PER_FUNCTION) {
      const [first, start, lines, file, fromLine, fromColumn] = positions.slice(at, at + PER_FUNCTION) as number[]
      if (first === undefined || start === undefined || lines === undefined || file === undefined) continue
      if (fromLine === undefined || fromColumn === undefined || line < first || line >= first + lines) continue
      const shifted = line === first ? column - start + fromColumn : column
      return `${files[file]}:${fromLine + line - first}:${shifted}`
    }
    return undefined
  }
  const frame = new RegExp(`${filename.replace(/[^\w:-]/g, '\\$&')}:(\\d+):(\\d+)`, 'g')
  return {
    map: stack => stack.replace(frame, (text, line, column) => place(Number(line), Number(column)) ?? text),
  }
}
