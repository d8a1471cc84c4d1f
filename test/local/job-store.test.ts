import { createJobStore } from '../../lib/local/job-store.ts'
import { jobStoreContract } from '../contract/job-store.contract.ts'
import { freshDatabase } from './fresh-folder.ts'

jobStoreContract('SQLite', async () => createJobStore(freshDatabase()))
jobStoreContract('SQLite, running ahead,', async () => {
  const store = createJobStore(freshDatabase())
  const { insert, read, putRuns, getSubmissions, putSubmissions } = store.ahead
  return { ...store, insert, read, putRuns, getSubmissions, putSubmissions }
})
