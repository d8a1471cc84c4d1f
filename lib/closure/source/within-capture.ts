import type { FunctionInside } from './inspector.ts'

/** What holds until a capture ends: while it lasts nothing of the program's is made or changed. */
export const withinCapture = {
  /** Of functions whose text says it. */
  insides: new Map<object, FunctionInside>(),
  /** Of scripts, how many of their functions were looked into. */
  looks: new Map<string, number>(),
  /** Of the function that was asked last whether it is the program's: who takes it in next need not look again. */
  last: undefined as { readonly fn: object; readonly inside: FunctionInside } | undefined,
  /** Of the capture. */
  number: 0,
  /** Captures under way that may consist of several. */
  parts: 0,

  end(): void {
    this.insides.clear()
    this.looks.clear()
    this.last = undefined
    this.number++
  },
}
