import { CloudException } from '../../protocol/errors.ts'

/** @param what `an address` or `a key` */
export function lacking(what: string): CloudException {
  return new CloudException(`PiCloud has no service to talk to: it lacks ${what}.`, {
    code: 'not-configured',
    hint:
      'Use cloud.mp to run jobs in processes of this machine, or cloud.startSimulator() to do so with cloud itself; ' +
      'or run picloud local or picloud setup, or set PICLOUD_URL, PICLOUD_API_KEY and PICLOUD_API_SECRETKEY, ' +
      'or call cloud.setkey(key, secret, { serverUrl }).',
  })
}
