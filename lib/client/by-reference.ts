import { registerHostModule } from '../closure/nodes/host-modules.ts'
import { onLoaded } from './default-cloud.ts'

/** Says that what this entry exports means the worker's own there: a job's `cloud` is the job's. */
export function travelsByReference(name: string, namespace: object, url: string): void {
  const register = (): void => registerHostModule(name, namespace, url)
  register()
  onLoaded(register)
}
