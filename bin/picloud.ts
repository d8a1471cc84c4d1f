#!/usr/bin/env node
import { main } from '../lib/cli/main.ts'

process.exitCode = await main(process.argv.slice(2), {
  out: text => void process.stdout.write(text),
  error: text => void process.stderr.write(text),
})
