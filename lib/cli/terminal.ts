import { styleText } from 'node:util'

/** What a command prints to, and reads from. */
export interface Terminal {
  out(text: string): void
  error(text: string): void
  /** Whether people read what is printed: colours, bars and redrawing only then. */
  readonly isInteractive: boolean
  /** Characters of a line. */
  readonly columns: number
  /** All of standard input, as text. */
  input(): Promise<string>
  /** Aborts on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal
}

export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold'

/** The text in a colour, where people read it and NO_COLOR does not forbid it. */
export function coloured(terminal: Terminal, colour: Colour, text: string): string {
  return terminal.isInteractive && !process.env['NO_COLOR'] ? styleText(colour, text, { validateStream: false }) : text
}

/** Rows as columns that line up; the first row is their heads. Nothing but the heads is cut. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  }
  const lines = rows.map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
  return lines.map(line => `${line.trimEnd()}\n`).join('')
}

/** One JSON document, for programs. BigInts become text, undefined becomes null; errors show their name and message too. */
export function json(value: unknown): string {
  const readable = (_: string, item: unknown): unknown => {
    if (typeof item === 'bigint') return String(item)
    if (item instanceof Map) return [...item]
    if (item instanceof Error) return { ...item, name: item.name, message: item.message }
    return item instanceof Set ? [...item] : item
  }
  return `${JSON.stringify(value ?? null, readable, 2)}\n`
}
