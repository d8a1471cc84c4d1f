import { createRegistry } from '../../lib/memory/registry.ts'
import { registryContract } from '../contract/registry.contract.ts'

registryContract('memory', async () => createRegistry())
