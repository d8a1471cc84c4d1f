import { createJobStore } from '../../lib/memory/job-store.ts'
import { jobStoreContract } from '../contract/job-store.contract.ts'

jobStoreContract('memory', async () => createJobStore())
