import { CloudException } from '../../protocol/errors.ts'

/**
 * The port, or the one answer to whoever asks `cloud.mp` or the simulator for what only a service has.
 * @param port undefined where there is none
 * @param what in the plural: `crons`
 */
export function ofService<Port>(port: Port | undefined, what: string): Port {
  if (port !== undefined) return port
  throw new CloudException(`cloud.mp and the simulator have no ${what}: those belong to a service.`, {
    code: 'unsupported',
    hint: 'Start one with `picloud local`, and connect to it.',
  })
}
