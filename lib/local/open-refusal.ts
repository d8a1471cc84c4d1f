import { CloudException } from '../protocol/errors.ts'

/** SQLite's result codes; those of a kind have the same lowest byte. */
const BUSY = 5
const CORRUPT = 11
const NOT_A_DATABASE = 26

/** Why a service does not start on a folder, and what to do, for what opening its database threw. */
export function refusalOf(error: unknown, folder: string, file: string): unknown {
  if (CloudException.isCloudException(error)) return error
  const { errcode } = error as { readonly errcode?: number }
  if (errcode === undefined) return error
  switch (errcode & 0xff) {
    case BUSY:
      return new CloudException(`Another process has the folder ${folder} in use.`, {
        code: 'in-use',
        hint: 'A folder belongs to one service at a time: end the other one, or give another folder with --data.',
        cause: error,
      })
    case NOT_A_DATABASE:
      return new CloudException(`${file} is no database.`, {
        code: 'incompatible',
        hint: 'Give the service a folder of its own with --data.',
        cause: error,
      })
    case CORRUPT:
      return new CloudException(`${file} is damaged: ${reasonOf(error)}. The service left it as it is.`, {
        code: 'incompatible',
        hint: 'Put a copy of the folder in its place, or give another folder with --data. SQLite’s command line can save what is left of it: sqlite3 picloud.db .recover',
        cause: error,
      })
    default:
      return unwritable(folder, error)
  }
}

/** For a folder, or a disk, that does not take the service's files. */
export function unwritable(folder: string, cause: unknown): CloudException {
  return new CloudException(`The service can’t keep its data in ${folder}: ${reasonOf(cause)}.`, {
    code: 'invalid-argument',
    hint: 'It needs a folder that this user may write, on a disk with room: give one with --data.',
    cause,
  })
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
