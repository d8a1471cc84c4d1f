import { CloudException } from '../protocol/errors.ts'

/** A path that is there, asked with a method that it does not take. */
export class MethodNotAllowed extends CloudException {
  /** Of the answer's header: RFC 9110 wants it there. */
  readonly allow: string

  /** @param allowed the methods that the path takes */
  constructor(message: string, allowed: readonly string[]) {
    const allow = allowed.join(', ')
    super(message, { code: 'method-not-allowed', hint: `It takes ${allow}.` })
    this.allow = allow
  }
}
