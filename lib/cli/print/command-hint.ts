/** What hints name for programs, and how the command line does the same. Longer ones stand before those that they begin with. */
const commands: readonly (readonly [forPrograms: string, here: string])[] = [
  ['cloud.cron.list()', '`picloud cron list`'],
  ['cloud.account.apiKeys()', '`picloud keys list`'],
  ['Call cloud.account.setuser(username, password) first', 'Say who asks with --user NAME'],
  ['call cloud.setkey(key, secret, { serverUrl })', 'name them with `picloud config set`'],
  [
    'Without a service, cloud.mp runs jobs in processes of this machine, and so does cloud itself after cloud.startSimulator().',
    'Without a service, `picloud run` and `picloud map` take --simulate, and run jobs in processes of this machine.',
  ],
  ['`cloud.env.create(name, { packages })`', '`picloud env create NAME PACKAGES…`'],
  ['`cloud.with({ env: name })`', '`--env NAME`'],
  ['call with `env`', 'call with `--env NAME`'],
]

/** A hint as the command line says it. Pure. */
export function commandHint(hint: string): string {
  return commands.reduce((text, [forPrograms, here]) => text.replaceAll(forPrograms, here), hint)
}

/** An error's message, which ends with its hint, as the command line says it. Pure. */
export function commandMessage(message: string, hint: string | undefined): string {
  if (hint === undefined || !message.endsWith(hint)) return message
  return `${message.slice(0, -hint.length)}${commandHint(hint)}`
}
