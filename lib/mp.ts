import { travelsByReference } from './client/by-reference.ts'
import type { Cloud } from './client/cloud-api.ts'
import { mp as processes } from './client/default-cloud.ts'
import * as self from './mp.ts'

/** The same as `cloud.mp`: jobs in child processes of this one. */
const mp: Cloud = processes

export default mp

travelsByReference('picloud/mp', self, import.meta.url)
