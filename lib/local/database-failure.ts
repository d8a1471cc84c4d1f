import { CloudException } from '../protocol/errors.ts'

/** Why nothing could be read or written. What is a refusal of ours already stays it. */
export function failed(cause: unknown): CloudException {
  if (CloudException.isCloudException(cause)) return cause
  const why = cause instanceof Error ? cause.message : String(cause)
  return new CloudException(`The database could not be read or written: ${why}.`, {
    code: 'unavailable',
    hint: 'Is there room left in the service’s folder?',
    cause,
  })
}

export function closed(): CloudException {
  return new CloudException('This service has stopped.', { code: 'unavailable' })
}
