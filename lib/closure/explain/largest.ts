import type { ExplainedAsset, ExplainedPackage, ExplainedPart, Weight } from './explanation.ts'

/** Parts that are named as the largest. */
const LARGEST = 3

/** What takes the most, largest first. */
export function largestOf(
  trees: readonly ExplainedPart[],
  packages: readonly ExplainedPackage[] = [],
  assets: readonly ExplainedAsset[] = [],
): readonly Weight[] {
  const weights: Weight[] = packages.map(({ name, bytes }) => ({ what: `package ${name}`, kind: 'package', bytes }))
  for (const { path, bytes } of assets) weights.push({ what: path, kind: 'file', bytes })
  const parts = [...trees]
  for (let at = 0; at < parts.length; at++) {
    const { path, kind, bytes, parts: inner } = parts[at] as ExplainedPart
    weights.push({ what: path.join(' → '), kind, bytes })
    for (const part of inner) parts.push(part)
  }
  return weights
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, LARGEST)
}
