import type { Settings } from '../../../lib/engine/ports/settings.ts'

/** Milliseconds: as short as SQS's whole seconds and a busy machine let them be. */
export const settings: Partial<Settings> = { lease: 3_000, renewal: 500, look: 500, again: 500, acceptance: 10_000 }
