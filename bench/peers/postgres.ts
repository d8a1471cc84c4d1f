import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Daemon, folderFor, startDaemon } from './daemon.ts'

/** PostgreSQL of Debian (`apt-get install postgresql`), in a cluster of its own, durable as it comes: each commit is flushed. */
export async function startPostgres(): Promise<Daemon & { readonly connectionString: string }> {
  const bin = programs()
  if (bin === undefined) throw new Error(lacksPostgres())
  const folder = folderFor('postgres')
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const init = ['--pgdata', data, '--username', 'bench', '--auth', 'trust', '--encoding', 'UTF8', '--no-instructions']
  execFileSync(join(bin, 'initdb'), init, { stdio: 'ignore', cwd: folder, ...user })
  const daemon = await startDaemon({
    folder,
    command: join(bin, 'postgres'),
    args: ['-D', data, '-c', 'listen_addresses=', '-c', `unix_socket_directories=${folder}`],
    ...user,
    // Fast: it ends sessions and writes what it has.
    signal: 'SIGINT',
    async answers() {
      if (!existsSync(join(folder, '.s.PGSQL.5432'))) throw new Error('There is no socket yet.')
      execFileSync(join(bin, 'pg_isready'), ['--host', folder], { stdio: 'ignore' })
    },
  })
  return { ...daemon, connectionString: `postgresql:///postgres?host=${encodeURIComponent(folder)}&user=bench` }
}

/** Why it can't run here; undefined: it can. */
export function lacksPostgres(): string | undefined {
  return programs() === undefined ? 'PostgreSQL is not installed (apt-get install postgresql)' : undefined
}

/** The folder of the newest version's programs. */
function programs(): string | undefined {
  return globSync('/usr/lib/postgresql/*/bin/postgres').map(dirname).sort().at(-1)
}

function idOf(which: '-u' | '-g'): number {
  return Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }))
}
