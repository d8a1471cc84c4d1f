import { runKept } from '../../kept/run-kept.ts'
import type * as Boot from './boot.ts'

/** In the package: main.ts by one script, of which each user's machine keeps the compiled code. */

const { exports, keep } = runKept(new URL('./boot.js', import.meta.url))
// Not at the end: most children are killed. Once for all children of this version that are still to come.
if (keep !== undefined) void (exports as typeof Boot).begun.then(keep)
