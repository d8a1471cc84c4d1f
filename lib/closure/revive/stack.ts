import type { CodeHeader } from '../bundle-format.ts'

/** Knows where the text of an emitted script came from. */
export interface Frames {
  /** Puts the user's files and lines into a stack trace. */
  readonly map: (stack: string) => string
}

const PER_STRETCH = 6

/** Of a script, by the position table in its header. */
export function framesOf(filename: string, { files, positions }: CodeHeader): Frames {
  const place = (line: number, column: number): string | undefined => {
    let found: string | undefined
    // The last that starts before it: stretches stand in the order of the text.
    for (let at = 0; at < positions.length; at += PER_STRETCH) {
      const [first, start, lines, file, fromLine, fromColumn] = positions.slice(at, at + PER_STRETCH) as Stretch
      if (line < first || (line === first && column < start)) break
      if (line >= first + lines) continue
      found = `${files[file]}:${fromLine + line - first}:${line === first ? column - start + fromColumn : column}`
    }
    return found
  }
  const frame = new RegExp(`${filename.replace(/[^\w:-]/g, '\\$&')}:(\\d+):(\\d+)`, 'g')
  return {
    map: stack => stack.replace(frame, (text, line, column) => place(Number(line), Number(column)) ?? text),
  }
}

type Stretch = [first: number, start: number, lines: number, file: number, fromLine: number, fromColumn: number]
