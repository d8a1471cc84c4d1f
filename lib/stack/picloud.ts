import { CfnOutput, Duration } from 'aws-cdk-lib'
import { EventInvokeConfig } from 'aws-cdk-lib/aws-lambda'
import { type CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import {
  type Environment,
  type ExecutorClass,
  environmentFor,
  type FunctionName,
  firstKey,
  outputs,
} from '../aws/environment.ts'
import { acknowledge } from './acknowledge.ts'
import { CloudFunction, type CloudFunctionProps } from './cloud-function.ts'
import { openEndpoint } from './endpoint.ts'
import { type ExecutorSize, executorsOf } from './executors.ts'
import { faultsOf, type PiCloudProps } from './options.ts'
import { permissionsOf } from './permissions.ts'
import { mapQueue } from './queue-mapping.ts'
import { QueuePair } from './queues.ts'
import { Schedules } from './schedules.ts'
import { Storage } from './storage.ts'
import { mapStream } from './stream-mapping.ts'

/** Seconds. An HTTP API answers after 30 at the latest. */
const API_TIMEOUT = 30
/** Seconds for the functions that move records and messages. */
const WORK_TIMEOUT = 120
/** Seconds that a message stays hidden beyond its function's timeout. */
const MARGIN = 60
/** Control messages of one call, and calls at a time: each looks at up to 100 gates. */
const CONTROL = { batchSize: 10, scaling: { maxConcurrency: 20 } } as const

/** Calls that are lost cost only speed, and one that comes late finds others at work. */
const PULLS = { retryAttempts: 0, maxEventAge: Duration.seconds(60) } as const

/**
 * All of PiCloud: an API, the queue and the executors that run jobs, and what is kept. One a stack, as `picloud setup` finds
 * its outputs by their names.
 */
export class PiCloud extends Construct {
  /** Where clients connect to. */
  readonly url: string
  readonly storage: Storage
  readonly jobs: QueuePair
  /** Of jobs with `highCpu`. */
  readonly highCpuJobs: QueuePair
  readonly control: QueuePair
  /** Name and secret of the first key, as JSON. */
  readonly keySecret: Secret
  readonly functions: Readonly<Record<FunctionName, CloudFunction>>
  /** Runs jobs with `highCpu`. */
  readonly highCpuExecutor: CloudFunction
  readonly #props: PiCloudProps
  readonly #keySecretArn: string
  readonly #sizes: Readonly<Record<ExecutorClass, ExecutorSize>>

  /** @throws Error that lists every option out of its bounds */
  constructor(scope: Construct, id: string, props: PiCloudProps = {}) {
    super(scope, id)
    const faults = faultsOf(props)
    if (faults.length > 0) throw new Error(`PiCloud can’t be built with these options: ${faults.join(' ')}`)
    this.#props = props
    const { endpoint = 'http-api', removalPolicy } = props
    this.#sizes = executorsOf(props)
    const { ordinary, highCpu } = this.#sizes
    const executors = { executors: String(ordinary.concurrency), highCpuExecutors: String(highCpu.concurrency) }
    this.storage = new Storage(this, 'Storage', removalPolicy === undefined ? {} : { removalPolicy })
    this.jobs = this.#queue('JobsQueue', ordinary.timeout)
    this.highCpuJobs = this.#queue('JobsHighCpuQueue', highCpu.timeout)
    this.control = this.#queue('ControlQueue', WORK_TIMEOUT)
    this.keySecret = new Secret(this, 'FirstKey', {
      description: 'The first key of PiCloud: id and secret',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ [firstKey.idMember]: firstKey.id }),
        generateStringKey: firstKey.secretMember,
        excludePunctuation: true,
        passwordLength: 40,
      },
    })
    acknowledge(this.keySecret, 'firstKeyStays')
    // The same ARN as its reference, which emulators take for its name.
    this.#keySecretArn = (this.keySecret.node.defaultChild as CfnSecret).attrId
    const shared = {
      jobsTable: this.storage.jobs.tableName,
      jobsQueue: this.jobs.queue.queueUrl,
      jobsHighCpuQueue: this.highCpuJobs.queue.queueUrl,
      controlQueue: this.control.queue.queueUrl,
      resultsBucket: this.storage.results.bucketName,
    }
    const withFiles = { ...shared, filesBucket: this.storage.files.bucketName }
    const cron = this.#add('cron', 'Wakes what a schedule is for', shared)
    const sweeper = this.#add('sweeper', 'Takes what fell through', {
      ...withFiles,
      jobsDeadLetters: this.jobs.deadLetters.queueUrl,
      jobsHighCpuDeadLetters: this.highCpuJobs.deadLetters.queueUrl,
      controlDeadLetters: this.control.deadLetters.queueUrl,
    })
    const schedules = new Schedules(this, 'Schedules', { cron, sweeper })
    const executor = this.#addExecutor('ordinary', 'Runs jobs in child processes', { ...withFiles, ...executors })
    const description = 'Runs jobs that ask for more processor'
    this.highCpuExecutor = this.#addExecutor('highCpu', description, { ...withFiles, ...executors })
    this.functions = {
      cron,
      sweeper,
      api: this.#add(
        'api',
        'The HTTP app',
        {
          ...withFiles,
          ...executors,
          keysTable: this.storage.keys.tableName,
          executorCpu: ordinary.architecture === 'x86_64' ? 'x64' : 'arm64',
          keySecret: this.#keySecretArn,
        },
        { memory: props.apiMemory ?? 512, timeout: API_TIMEOUT },
      ),
      executor,
      release: this.#add('release', 'Releases and stalls what waited for a job that ended', shared),
      control: this.#add(
        'control',
        'Looks at gates, and calls executors',
        {
          ...shared,
          ...executors,
          executorFunction: executor.handler.functionName,
          highCpuExecutorFunction: this.highCpuExecutor.handler.functionName,
          burst: String(ordinary.burst),
          highCpuBurst: String(highCpu.burst),
          scheduleGroup: schedules.group.scheduleGroupName,
          scheduleTarget: cron.handler.functionArn,
          scheduleRole: schedules.role.roleArn,
        },
        { callsItself: true },
      ),
    }
    this.#connect(schedules)
    this.url = openEndpoint(this.functions.api, endpoint)
    this.#tell()
  }

  #add<Name extends FunctionName>(
    name: Name,
    description: string,
    settings: Environment<Name>,
    size: Partial<CloudFunctionProps> = {},
    id = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
  ): CloudFunction {
    const made = new CloudFunction(this, id, {
      name,
      description: `PiCloud: ${description}`,
      environment: environmentFor(name, settings),
      bundles: this.#props.bundles,
      logDays: this.#props.logDays ?? 30,
      memory: 512,
      timeout: WORK_TIMEOUT,
      ...size,
    })
    this.#permit(name, made)
    return made
  }

  #addExecutor(
    executorClass: ExecutorClass,
    description: string,
    settings: Omit<Environment<'executor'>, 'executorStorage' | 'executorClass'>,
  ): CloudFunction {
    const { memory, timeout, storage, architecture, reservedConcurrency } = this.#sizes[executorClass]
    const told = { ...settings, executorClass, executorStorage: String(storage) }
    const size = { memory, timeout, storage, architecture, reservedConcurrency, callsItself: true }
    return this.#add('executor', description, told, size, executorClass === 'highCpu' ? 'HighCpuExecutor' : 'Executor')
  }

  #queue(id: string, timeout: number): QueuePair {
    return new QueuePair(this, id, { visibility: Duration.seconds(timeout + MARGIN) })
  }

  #permit(name: FunctionName, target: CloudFunction): void {
    const may = permissionsOf[name]
    const { jobs, keys, results, files } = this.storage
    target.allow(may.jobsTable, jobs.tableArn)
    target.allow(may.keysTable, keys.tableArn)
    target.allow(may.jobsQueue, this.jobs.queue.queueArn, this.highCpuJobs.queue.queueArn)
    target.allow(may.controlQueue, this.control.queue.queueArn)
    const pairs = [this.jobs, this.highCpuJobs, this.control]
    target.allow(may.deadLetters, ...pairs.map(({ deadLetters }) => deadLetters.queueArn))
    target.allowObjects(may.results, results)
    target.allowObjects(may.files, files)
    for (const bucket of may.list ?? []) target.allow(['s3:ListBucket'], this.storage[bucket].bucketArn)
    target.allow(may.keySecret, this.#keySecretArn)
  }

  #connect(schedules: Schedules): void {
    const { executor, control, release } = this.functions
    const { ordinary, highCpu } = this.#sizes
    mapQueue(executor, 'Jobs', { queue: this.jobs.queue, ...ordinary })
    mapQueue(this.highCpuExecutor, 'Jobs', { queue: this.highCpuJobs.queue, ...highCpu })
    const executors = [executor, this.highCpuExecutor]
    control.allow(permissionsOf.control.executors, ...executors.map(({ handler }) => handler.functionArn))
    for (const { handler } of executors) new EventInvokeConfig(handler, 'Pulls', { function: handler, ...PULLS })
    mapQueue(control, 'Gates', { queue: this.control.queue, ...CONTROL })
    mapStream(this.storage.jobs, release, this.storage.results)
    schedules.permit(control)
  }

  #tell(): void {
    const told = {
      url: { value: this.url, description: 'Where clients connect to' },
      apiFunction: {
        value: this.functions.api.handler.functionName,
        description: 'For lambda:NAME as the server’s URL',
      },
      keySecret: { value: this.#keySecretArn, description: 'The secret that holds the first key' },
      executors: {
        value: String(this.#sizes.ordinary.concurrency),
        description: 'How many executors may run at a time',
      },
      highCpuExecutors: {
        value: String(this.#sizes.highCpu.concurrency),
        description: 'How many of those for highCpu jobs may run at a time besides',
      },
    }
    for (const [name, output] of Object.entries(told)) {
      const made = new CfnOutput(this, `${name}Output`, output)
      made.overrideLogicalId(outputs[name as keyof typeof outputs])
    }
  }
}
