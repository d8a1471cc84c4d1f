import { CloudException, type ErrorCode } from '../../protocol/errors.ts'

export function unknownJob(jid: number): CloudException {
  return new CloudException(`There is no job ${jid}.`, {
    code: 'unknown-job',
    jid,
    hint: 'Its id may be of another service, or its submission was never answered.',
  })
}

export function deletedJob(jid: number): CloudException {
  return new CloudException(`Job ${jid} was deleted.`, { code: 'deleted-job', jid })
}

export function invalid(message: string, hint?: string, code: ErrorCode = 'invalid-request'): CloudException {
  return new CloudException(message, { code, hint })
}

export function conflict(jid: number): CloudException {
  return new CloudException(`Job ${jid} can’t be added: its submission is sealed, or the id is another job’s.`, {
    code: 'conflict',
    jid,
    hint: 'Submit it under newly leased ids.',
  })
}
