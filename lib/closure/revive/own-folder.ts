import { join } from 'node:path'

const made: string[] = []

/**
 * A folder of this process alone among the temporary ones. It goes when the process exits; what one left that was killed goes
 * when the next folder of this kind is made.
 * @param kind small letters: the folder's name is `picloud-KIND-PID-…`
 */
export function makeOwnFolder(kind: string): string {
  const { mkdtempSync, readdirSync, rmSync } = process.getBuiltinModule('node:fs')
  const parent = process.getBuiltinModule('node:os').tmpdir()
  const remove = (path: string): void => rmSync(path, { recursive: true, force: true })
  const named = new RegExp(`^picloud-${kind}-([1-9]\\d*)-`)
  for (const name of readdirSync(parent)) {
    const pid = named.exec(name)?.[1]
    try {
      if (pid !== undefined && !isAlive(Number(pid))) remove(join(parent, name))
    } catch {
      // Another user's: theirs to remove.
    }
  }
  const path = mkdtempSync(join(parent, `picloud-${kind}-${process.pid}-`))
  if (made.push(path) === 1) process.once('exit', () => made.forEach(remove))
  return path
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
