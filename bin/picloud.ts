#!/usr/bin/env node
// An older Node can read this file: what it can't read is loaded behind the question.
const NEEDED = 24
const { node } = process.versions

if (Number.parseInt(node, 10) < NEEDED) {
  process.stderr.write(`PiCloud needs Node ${NEEDED} or later; this is ${node} (${process.execPath}).\n`)
  process.exitCode = 1
} else {
  const [{ main }, { processTerminal }] = await Promise.all([
    import('../lib/cli/main.ts'),
    import('../lib/cli/process-terminal.ts'),
  ])
  process.exitCode = await main(process.argv.slice(2), processTerminal())
}
