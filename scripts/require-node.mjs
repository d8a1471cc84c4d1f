// Runs before every script, under whatever Node is found first: plain JavaScript that an old one can read.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const NEEDED = 24

const found = Number.parseInt(process.versions.node, 10)
if (found < NEEDED) {
  const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
  process.stderr.write(`${advice(existsSync(pinned))}\n`)
  process.exit(1)
}

function advice(isPinnedInstalled) {
  const first = `PiCloud's scripts need Node ${NEEDED} or later; this is ${process.version} (${process.execPath}).`
  if (isPinnedInstalled)
    return `${first}\nNode ${NEEDED} is in node_modules: start the script by npm (npm run <script>), which finds it there.`
  return [
    first,
    `'npm ci' brings Node ${NEEDED} along as the dev dependency 'node', by that package's install script.`,
    'It is missing, so either nothing is installed yet, or install scripts are switched off (--ignore-scripts).',
    'Run:  npm ci --ignore-scripts=false',
    `or use a Node ${NEEDED} of your own: https://nodejs.org`,
  ].join('\n')
}
