import { createRegistry } from '../../lib/local/registry.ts'
import { registryContract } from '../contract/registry.contract.ts'
import { freshDatabase } from './fresh-folder.ts'

registryContract('SQLite', async () => createRegistry(freshDatabase()))
