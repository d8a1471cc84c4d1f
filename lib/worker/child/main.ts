import { enableCompileCache } from 'node:module'

/** As source and in a Lambda function. `scripts/bundle.mjs` puts `main-kept.ts` in the place of this file. */

// Before anything of ours is loaded: it halves the start of the second child and of all later ones.
enableCompileCache()
await import('./boot.ts')
