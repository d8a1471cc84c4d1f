import { CloudException } from '../../protocol/errors.ts'

/** As `engines` of package.json says. */
const NEEDED = 24

/**
 * Refuses an older Node before a file is loaded that it can't read. Bun and Deno state the Node that they stand for, which
 * says nothing of what they can read.
 * @throws {CloudException} `unsupported`
 */
export function requireNode(versions: Readonly<Record<string, string | undefined>> = process.versions): void {
  const { node = '', bun, deno } = versions
  if (bun !== undefined || deno !== undefined || Number.parseInt(node, 10) >= NEEDED) return
  throw new CloudException(`PiCloud needs Node ${NEEDED} or later; this is ${node} (${process.execPath}).`, {
    code: 'unsupported',
    hint: `Install Node ${NEEDED}, or \`npm install --save-dev node@${NEEDED}\` and run with that.`,
  })
}
