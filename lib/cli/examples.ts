import type { Command } from 'commander'

/** What a command's help ends with: command lines as they are written, by the command's name without `picloud`. */
const examples: Readonly<Record<string, readonly string[]>> = {
  local: ['picloud local', 'picloud local --data /var/lib/picloud --workers 8 --log info'],
  deploy: ['picloud deploy', `picloud deploy --options '{"endpoint":"function-url"}' -- --profile work`],
  destroy: ['picloud destroy --stack PiCloud'],
  setup: ['picloud setup --stack PiCloud --region eu-central-1'],
  run: [`picloud run train.ts '{"rate":0.1}'`, 'picloud run report.ts --export weekly --label report --detach'],
  map: [
    'picloud map thumbnail.ts a.jpg b.jpg c.jpg',
    'seq 1000 | picloud map simulate.ts --items - --json > results.json',
  ],
  explain: ['picloud explain train.ts', 'picloud explain report.ts weekly --json'],
  jobs: ['picloud jobs --status error --since 24h', 'picloud jobs --label nightly --watch'],
  status: ['picloud status 1-3,7'],
  result: ['picloud result 1-100', 'picloud result 7 --timeout 5m --json'],
  join: ['picloud join 1-1000 --timeout 2h'],
  kill: ['picloud kill 7 --tree'],
  delete: ['picloud delete 1-1000'],
  info: ['picloud info 7', 'picloud info 1-100 --keys status,memory --json'],
  logs: ['picloud logs 7', 'picloud logs 7 -f'],
  why: ['picloud why 7'],
  'cron register': [`picloud cron register report.ts nightly '0 3 * * mon-fri'`],
  'cron list': ['picloud cron list'],
  'cron info': ['picloud cron info nightly'],
  'cron run': ['picloud cron run nightly'],
  'cron deregister': ['picloud cron deregister nightly'],
  'files list': ['picloud files list input/'],
  'files put': ['picloud files put data.csv input/data.csv'],
  'files get': ['picloud files get input/data.csv data.csv'],
  'files md5': ['picloud files md5 input/data.csv'],
  'files delete': ['picloud files delete input/data.csv'],
  'files sync-to-cloud': ['picloud files sync-to-cloud data.csv input/data.csv'],
  'files sync-from-cloud': ['picloud files sync-from-cloud input/data.csv data.csv'],
  'env create': ['picloud env create imaging sharp@0.35'],
  'env list': ['picloud env list'],
  'env info': ['picloud env info imaging'],
  'env delete': ['picloud env delete imaging'],
  'rest publish': ['picloud rest publish add.ts add'],
  'rest list': ['picloud rest list'],
  'rest info': ['picloud rest info add'],
  'rest invoke': [`picloud rest invoke add '{"a":2,"b":40}'`],
  'rest remove': ['picloud rest remove add'],
  'keys list': ['picloud keys list', 'picloud keys list --user admin'],
  'keys create': ['picloud keys create --note dashboard --scopes read'],
  'keys activate': ['picloud keys activate 2'],
  'keys deactivate': ['picloud keys deactivate 2'],
  'keys delete': ['picloud keys delete 2'],
  'keys note': ['picloud keys note 2 dashboard'],
  'config list': ['picloud config', 'picloud config list --json'],
  'config path': ['picloud config path'],
  'config set': ['picloud config set workers 4', 'picloud config set secret - < secret.txt'],
  'config unset': ['picloud config unset workers'],
}

/** Ends the help of each command with its examples. */
export function addExamples(command: Command, name = ''): void {
  for (const inner of command.commands) addExamples(inner, name === '' ? inner.name() : `${name} ${inner.name()}`)
  const lines = examples[name]
  if (lines === undefined) return
  const head = lines.length === 1 ? 'Example' : 'Examples'
  command.addHelpText('after', `\n${head}:\n${lines.map(line => `  ${line}`).join('\n')}`)
}
