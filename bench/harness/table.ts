import type { Verdict } from './verdict.ts'

const head = ['goal', 'what', 'measured', 'goal is', 'noise', '', 'kept, ours / theirs']

/** The verdicts as aligned lines of text. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const rows = [head, ...verdicts.map(rowOf)]
  const widths = head.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function rowOf({ goal, what, value, unit, bound, standing, durability }: Verdict): string[] {
  const limit = bound.atLeast === undefined ? `≤ ${shown(bound.atMost ?? Number.NaN)}` : `≥ ${shown(bound.atLeast)}`
  return [
    String(goal),
    what,
    `${shown(value)} ${unit}`,
    `${limit} ${unit}`,
    `± ${Math.round(bound.noise * 100)} %`,
    standing === 'short' ? 'SHORT' : standing,
    durability,
  ]
}

function shown(value: number): string {
  if (Number.isNaN(value)) return 'nothing'
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
