export interface Row {
  readonly a: number
}
export const sum = (rows: readonly Row[]): number => rows.reduce((all, { a }) => all + a, 0)
