import { childSettings } from '../worker/process/child-settings.ts'
import { type SpawnedChild, spawnChild } from '../worker/process/spawn-child.ts'
import { type BlobFolder, createBlobFolder } from './blob-folder.ts'

/** What `cloud.mp` starts before it loads anything: a child takes longer to be ready than everything else. */
export interface Ahead {
  readonly folder: BlobFolder
  readonly child: SpawnedChild
}

/** The first child of as many as there are cores. Whoever calls this listens to the child in the same turn. */
export function spawnAhead(): Ahead {
  const folder = createBlobFolder()
  return { folder, child: spawnChild(childSettings({ ...processOptions, folder: folder.path })) }
}

/** What all children of `cloud.mp` are started with. */
export const processOptions = {
  hostModules: { picloud: moduleUrl('index'), 'picloud/mp': moduleUrl('mp') },
  keepCredentials: true,
} as const

/** Beside this folder, as source or as built. */
function moduleUrl(name: string): string {
  const { href } = new URL(`../${name}`, import.meta.url)
  return `${href}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`
}
