import { CloudException, type CloudExceptionOptions } from './errors.ts'

/** A wait ran out of time. The jobs it waited for run on. */
export class CloudTimeoutError extends CloudException {
  static {
    Object.defineProperty(this.prototype, 'name', { value: 'CloudTimeoutError', writable: true, configurable: true })
  }

  constructor(message: string, options: Omit<CloudExceptionOptions, 'code'> = {}) {
    super(message, { ...options, code: 'wait-timeout' })
  }
}
