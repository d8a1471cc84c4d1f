import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import type { Cloud } from '../client/cloud-api.ts'
import type { Terminal } from './terminal.ts'
import { json } from './terminal.ts'

/** What a command works with. */
export interface Context {
  readonly terminal: Terminal
  readonly command: Command
  /** Whether programs read what is printed. */
  readonly json: boolean
  /**
   * A client of the service that the options and the settings name; closed when the command ends. With
   * `simulate` one of child processes of this one.
   */
  cloud(simulate?: boolean): Promise<Cloud>
  /** Prints the value as JSON, or what `readable` makes of it for people. */
  print<Value>(value: Value, readable: (value: Value) => string): void
}

interface GlobalOptions {
  readonly url?: string
  readonly key?: string
  readonly json?: boolean
}

export function createContext(terminal: Terminal, command: Command): Context & AsyncDisposable {
  const { url, key, json: isJson = false } = command.optsWithGlobals<GlobalOptions>()
  let open: Cloud | undefined
  return {
    terminal,
    command,
    json: isJson,
    async cloud(simulate = false) {
      const { connect } = await import('../client/chosen-cloud.ts')
      const service = { ...(url !== undefined && { url }), ...(key !== undefined && { key }) }
      open ??= connect(simulate ? { workers: availableParallelism() } : service)
      return open
    },
    print(value, readable) {
      terminal.out(isJson ? json(value) : readable(value))
    },
    async [Symbol.asyncDispose]() {
      await open?.close()
    },
  }
}
