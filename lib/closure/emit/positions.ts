import { asUrl } from '../source/as-url.ts'
import { type FunctionCode, piecesOf } from '../source/function-code.ts'
import { lineStartsOf } from '../source/line-ends.ts'
import { originsOfScript, positionOf, type Script } from '../source/script.ts'
import type { Origins, Position } from '../source/source-map.ts'

/** Where frames of a stack may point at: a name, or a keyword as `new`. */
const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu

/** Where the text of the emitted script comes from, as `CodeHeader.positions` has it. */
export class Positions {
  readonly files: string[] = []
  readonly table: number[] = []
  /** The last entry of the table. */
  #last: readonly [emitted: Position, file: number, origin: Position] | undefined

  /** @param line of the emitted script, at whose start the function's text stands */
  add(code: FunctionCode, line: number): void {
    const origins = originsOfScript(code.script)
    let at: Position = { line, column: 1 }
    this.#last = undefined
    for (const { text, from } of piecesOf(code)) {
      if (from !== undefined && text !== '') {
        if (origins === undefined) this.#asWritten(text, from, at, code.script)
        else this.#byMap(text, from, at, code.script, origins)
      }
      at = behind(at, text)
    }
  }

  #asWritten(text: string, from: number, at: Position, script: Script): void {
    this.#push(at, lineStartsOf(text).length, asUrl(script.url), positionOf(script, from))
  }

  /** An entry wherever the one before says something else. */
  #byMap(text: string, from: number, at: Position, script: Script, origins: Origins): void {
    const inScript = positionOf(script, from)
    const starts = lineStartsOf(text)
    const lines = starts.length
    let line = 0
    let lineStart = 0
    const note = (offset: number): void => {
      for (let next = starts[line + 1]; next !== undefined && next <= offset; next = starts[line + 1]) {
        line++
        lineStart = next
      }
      const into = { line, column: offset - lineStart }
      const origin = origins.at(moved(inScript, into))
      const emitted = moved(at, into)
      if (origin !== undefined && !this.#isKnown(emitted, origin)) {
        this.#push(emitted, lines - line, origin.url, origin)
      }
    }
    note(0)
    for (const { index } of text.matchAll(NAME)) note(index)
  }

  #isKnown(emitted: Position, origin: Position & { readonly url: string }): boolean {
    if (this.#last === undefined) return false
    const [start, file, from] = this.#last
    if (this.files[file] !== origin.url || origin.line - from.line !== emitted.line - start.line) return false
    const shift = emitted.line === start.line ? from.column - start.column : 0
    return origin.column === emitted.column + shift
  }

  #push(at: Position, lines: number, url: string, { line, column }: Position): void {
    let file = this.files.indexOf(url)
    if (file < 0) file = this.files.push(url) - 1
    this.table.push(at.line, at.column, lines, file, line, column)
    this.#last = [at, file, { line, column }]
  }
}

function behind({ line, column }: Position, text: string): Position {
  const starts = lineStartsOf(text)
  const lines = starts.length
  if (lines === 1) return { line, column: column + text.length }
  return { line: line + lines - 1, column: text.length - (starts.at(-1) as number) + 1 }
}

/** From a position on by lines, and columns of the line that is reached. */
function moved({ line, column }: Position, into: Position): Position {
  return { line: line + into.line, column: into.column + (into.line === 0 ? column : 1) }
}
