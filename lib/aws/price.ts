/**
 * USD that Lambda takes for a gigabyte and second, by what it runs on: us-east-1, below six billion of them a month, as its page of
 * prices said in November 2026 (https://aws.amazon.com/lambda/pricing/). Other regions and discounts are not looked at.
 */
export const GIGABYTE_SECOND_USD = { arm64: 0.000_013_333_4, x64: 0.000_016_666_7 } as const

const MEGABYTES_PER_GIGABYTE = 1_024

/**
 * USD of a second of a function; undefined of what Lambda does not run on.
 * @param megabytes of its memory
 * @param arch as `process.arch` has it
 */
export function secondPriceOf(megabytes: number, arch: string): number | undefined {
  const price = arch === 'arm64' || arch === 'x64' ? GIGABYTE_SECOND_USD[arch] : undefined
  return price && (price * megabytes) / MEGABYTES_PER_GIGABYTE
}
