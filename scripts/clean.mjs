// Removes the folders named as arguments, so that a build never ships what a deleted source left behind.
import { rmSync } from 'node:fs'

for (const folder of process.argv.slice(2)) rmSync(folder, { recursive: true, force: true })
