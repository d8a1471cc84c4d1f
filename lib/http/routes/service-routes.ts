import type { Route, Service } from '../route.ts'
import { accountRoutes } from './account.ts'
import { cronRoutes } from './crons.ts'
import { environmentRoutes } from './environments.ts'
import { fileRoutes } from './files.ts'
import { publishedRoutes } from './published.ts'
import { resultRoute } from './single-result.ts'

/** Routes for what belongs to a service beside jobs. `cloud.mp` has none of it, and loads them only to say so. */
export function serviceRoutes(engine: Service): readonly Route[] {
  return [
    ...accountRoutes(engine),
    ...cronRoutes(engine),
    ...publishedRoutes(engine),
    ...fileRoutes(engine),
    ...environmentRoutes(engine),
    resultRoute(engine),
  ]
}
