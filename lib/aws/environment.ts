import { CloudException } from '../protocol/errors.ts'

/** What the stack tells its functions, and under which name of an environment variable. Read here and nowhere else. */
export const variables = {
  /** Name of the table of jobs. */
  jobsTable: 'PICLOUD_JOBS_TABLE',
  /** Name of the table of keys. */
  keysTable: 'PICLOUD_KEYS_TABLE',
  /** URLs of the queues of chunks: of ordinary jobs, and of those that asked for more processor. */
  jobsQueue: 'PICLOUD_JOBS_QUEUE',
  jobsHighCpuQueue: 'PICLOUD_JOBS_HIGH_CPU_QUEUE',
  /** URL of the queue of gates to look at. */
  controlQueue: 'PICLOUD_CONTROL_QUEUE',
  /** URLs of the queues of dead letters. */
  jobsDeadLetters: 'PICLOUD_JOBS_DEAD_LETTERS',
  jobsHighCpuDeadLetters: 'PICLOUD_JOBS_HIGH_CPU_DEAD_LETTERS',
  controlDeadLetters: 'PICLOUD_CONTROL_DEAD_LETTERS',
  /** Name of the bucket of bundles, large arguments, large results and outputs. */
  resultsBucket: 'PICLOUD_RESULTS_BUCKET',
  /** Name of the bucket of the users' files. */
  filesBucket: 'PICLOUD_FILES_BUCKET',
  /** What executors run on: `arm64` or `x64`, as Node names it. */
  executorCpu: 'PICLOUD_EXECUTOR_CPU',
  /** Megabytes of an executor's `/tmp`. */
  executorStorage: 'PICLOUD_EXECUTOR_STORAGE',
  /** Of which class an executor is: see `ExecutorClass`. */
  executorClass: 'PICLOUD_EXECUTOR_CLASS',
  /** How many executors may run at a time: ordinary ones, and those with more processor. */
  executors: 'PICLOUD_EXECUTORS',
  highCpuExecutors: 'PICLOUD_HIGH_CPU_EXECUTORS',
  /** Names of the functions that are called when many jobs come at once, and how many calls each gets a minute. */
  executorFunction: 'PICLOUD_EXECUTOR_FUNCTION',
  highCpuExecutorFunction: 'PICLOUD_HIGH_CPU_EXECUTOR_FUNCTION',
  burst: 'PICLOUD_BURST',
  highCpuBurst: 'PICLOUD_HIGH_CPU_BURST',
  /** ARN of the secret that holds the first key. */
  keySecret: 'PICLOUD_KEY_SECRET',
  /** Name of the group of schedules, what they call (an ARN), and the role under which they do (an ARN). */
  scheduleGroup: 'PICLOUD_SCHEDULE_GROUP',
  scheduleTarget: 'PICLOUD_SCHEDULE_TARGET',
  scheduleRole: 'PICLOUD_SCHEDULE_ROLE',
} as const

export type Setting = keyof typeof variables

/** `highCpu`: executors with more memory, and so more processor, for the jobs that ask for it. */
export type ExecutorClass = 'ordinary' | 'highCpu'

const queues = ['jobsQueue', 'jobsHighCpuQueue', 'controlQueue'] as const satisfies readonly Setting[]
const store = ['jobsTable', ...queues, 'resultsBucket'] as const satisfies readonly Setting[]
const executors = ['executors', 'highCpuExecutors'] as const satisfies readonly Setting[]
const bursts = [
  'executorFunction',
  'highCpuExecutorFunction',
  'burst',
  'highCpuBurst',
] as const satisfies readonly Setting[]
const schedules = ['scheduleGroup', 'scheduleTarget', 'scheduleRole'] as const satisfies readonly Setting[]
const deadLetters = [
  'jobsDeadLetters',
  'jobsHighCpuDeadLetters',
  'controlDeadLetters',
] as const satisfies readonly Setting[]

/** What each function gets: what it has no use for, it does not know. */
export const settingsOf = {
  api: [...store, 'keysTable', 'filesBucket', 'executorCpu', ...executors, 'keySecret'],
  executor: [...store, 'filesBucket', 'executorStorage', 'executorClass', ...executors],
  release: store,
  control: [...store, ...schedules, ...bursts, ...executors],
  sweeper: [...store, 'filesBucket', ...deadLetters],
  cron: store,
} as const satisfies Record<string, readonly Setting[]>

export type FunctionName = keyof typeof settingsOf
export const functionNames: readonly FunctionName[] = Object.keys(settingsOf) as FunctionName[]

export type Environment<Name extends FunctionName> = Readonly<Record<(typeof settingsOf)[Name][number], string>>

/** The settings of this function; throws `not-configured` with the name of the first variable that is missing. */
export function readEnvironment<Name extends FunctionName>(
  name: Name,
  environment: Readonly<Record<string, string | undefined>>,
): Environment<Name> {
  const settings: Partial<Record<Setting, string>> = {}
  for (const setting of settingsOf[name]) {
    const value = environment[variables[setting]]
    if (value === undefined || value === '') {
      throw new CloudException(`The function “${name}” lacks the environment variable ${variables[setting]}.`, {
        code: 'not-configured',
        hint: 'The stack sets it: deploy it again.',
      })
    }
    settings[setting] = value
  }
  return settings as Environment<Name>
}

/** The environment variables of this function, for the stack. */
export function environmentFor<Name extends FunctionName>(
  name: Name,
  settings: Environment<Name>,
): Record<string, string> {
  const given: Partial<Record<Setting, string>> = settings
  return Object.fromEntries(settingsOf[name].map(setting => [variables[setting], given[setting] as string]))
}

/** Names of the stack's outputs, by which `picloud setup` finds what to talk to. */
export const outputs = {
  url: 'PiCloudUrl',
  apiFunction: 'PiCloudApiFunction',
  keySecret: 'PiCloudKeySecret',
  /** How many executors may run at a time: ordinary ones, and those with more processor. */
  executors: 'PiCloudExecutors',
  highCpuExecutors: 'PiCloudHighCpuExecutors',
} as const

/** The first key's record in its secret: JSON with these two members. Its id is fixed, as no other key is there to clash with. */
export const firstKey = { id: 1, idMember: 'id', secretMember: 'secret' } as const
