import { createJobStore } from '../../lib/local/job-store.ts'
import { jobStoreContract } from '../contract/job-store.contract.ts'
import { freshDatabase } from './fresh-folder.ts'

jobStoreContract('SQLite', async () => createJobStore(freshDatabase()))
