import { createRequire } from 'node:module'
import type * as AssembleWorkers from '../memory/assemble-workers.ts'
import type * as ChosenCloud from './chosen-cloud.ts'

/** What is loaded when a method of a cloud is first touched. `scripts/bundle.mjs` puts `late-kept.ts` in the place of this file. */

const require = createRequire(import.meta.url)
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

export const loadChosenCloud = (): typeof ChosenCloud => require(`../client/chosen-cloud${extension}`)
export const loadAssembleWorkers = (): typeof AssembleWorkers => require(`../memory/assemble-workers${extension}`)
