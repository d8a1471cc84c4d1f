import { CloudException } from '../../protocol/errors.ts'

/** @param what `an address` or `a key` */
export function lacking(what: string): CloudException {
  return new CloudException(`PiCloud has no service to talk to: it lacks ${what}.`, {
    code: 'not-configured',
    hint:
      'Start one on this machine with npx picloud local, or set up one on AWS with npx picloud setup: both write it into your settings. ' +
      'Or set PICLOUD_URL, PICLOUD_API_KEY and PICLOUD_API_SECRETKEY, or call cloud.setkey(key, secret, { serverUrl }). ' +
      'Without a service, cloud.mp runs jobs in processes of this machine, and so does cloud itself after cloud.startSimulator().',
  })
}
