import { CfnOutput, Duration } from 'aws-cdk-lib'
import { type CfnSecret, Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import { type Environment, environmentFor, type FunctionName, firstKey, outputs } from '../aws/environment.ts'
import { acknowledge } from './acknowledge.ts'
import { CloudFunction, type CloudFunctionProps } from './cloud-function.ts'
import { openEndpoint } from './endpoint.ts'
import { faultsOf, type PiCloudProps } from './options.ts'
import { permissionsOf } from './permissions.ts'
import { concurrencyOf, mapQueue } from './queue-mapping.ts'
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

/**
 * All of PiCloud: an API, the queue and the executors that run jobs, and what is kept. One a stack, as `picloud setup` finds
 * its outputs by their names.
 */
export class PiCloud extends Construct {
  /** Where clients connect to. */
  readonly url: string
  readonly storage: Storage
  readonly jobs: QueuePair
  readonly control: QueuePair
  /** Name and secret of the first key, as JSON. */
  readonly keySecret: Secret
  readonly functions: Readonly<Record<FunctionName, CloudFunction>>
  readonly #props: PiCloudProps
  readonly #keySecretArn: string

  /** @throws Error that lists every option out of its bounds */
  constructor(scope: Construct, id: string, props: PiCloudProps = {}) {
    super(scope, id)
    const faults = faultsOf(props)
    if (faults.length > 0) throw new Error(`PiCloud can’t be built with these options: ${faults.join(' ')}`)
    this.#props = props
    const { executor = {}, endpoint = 'http-api', removalPolicy } = props
    const { timeout = 900, storage = 1_024 } = executor
    const executors = String(concurrencyOf(executor))
    this.storage = new Storage(this, 'Storage', removalPolicy === undefined ? {} : { removalPolicy })
    this.jobs = new QueuePair(this, 'JobsQueue', { visibility: Duration.seconds(timeout + MARGIN) })
    this.control = new QueuePair(this, 'ControlQueue', { visibility: Duration.seconds(WORK_TIMEOUT + MARGIN) })
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
      controlQueue: this.control.queue.queueUrl,
      resultsBucket: this.storage.results.bucketName,
    }
    const withFiles = { ...shared, filesBucket: this.storage.files.bucketName }
    const cron = this.#add('cron', 'Wakes what a schedule is for', shared)
    const sweeper = this.#add('sweeper', 'Takes what fell through', {
      ...withFiles,
      jobsDeadLetters: this.jobs.deadLetters.queueUrl,
      controlDeadLetters: this.control.deadLetters.queueUrl,
    })
    const schedules = new Schedules(this, 'Schedules', { cron, sweeper })
    this.functions = {
      cron,
      sweeper,
      api: this.#add(
        'api',
        'The HTTP app',
        {
          ...withFiles,
          keysTable: this.storage.keys.tableName,
          executors,
          executorCpu: executor.architecture === 'x86_64' ? 'x64' : 'arm64',
          keySecret: this.#keySecretArn,
        },
        { memory: props.apiMemory ?? 512, timeout: API_TIMEOUT },
      ),
      executor: this.#add(
        'executor',
        'Runs jobs in child processes',
        { ...withFiles, executorStorage: String(storage), executors },
        {
          memory: executor.memory ?? 1_769,
          timeout,
          storage,
          architecture: executor.architecture,
          reservedConcurrency: executor.reservedConcurrency,
          callsItself: true,
        },
      ),
      release: this.#add('release', 'Releases and stalls what waited for a job that ended', shared),
      control: this.#add(
        'control',
        'Looks at gates',
        {
          ...shared,
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
  ): CloudFunction {
    const made = new CloudFunction(this, `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, {
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

  #permit(name: FunctionName, target: CloudFunction): void {
    const may = permissionsOf[name]
    const { jobs, keys, results, files } = this.storage
    target.allow(may.jobsTable, jobs.tableArn)
    target.allow(may.keysTable, keys.tableArn)
    target.allow(may.jobsQueue, this.jobs.queue.queueArn)
    target.allow(may.controlQueue, this.control.queue.queueArn)
    target.allow(may.deadLetters, this.jobs.deadLetters.queueArn, this.control.deadLetters.queueArn)
    target.allowObjects(may.results, results)
    target.allowObjects(may.files, files)
    for (const bucket of may.list ?? []) target.allow(['s3:ListBucket'], this.storage[bucket].bucketArn)
    target.allow(may.keySecret, this.#keySecretArn)
  }

  #connect(schedules: Schedules): void {
    const { executor, control, release } = this.functions
    const { batchSize = 1, scaling } = this.#props.executor ?? {}
    mapQueue(executor, 'Jobs', { queue: this.jobs.queue, batchSize, scaling })
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
        value: String(concurrencyOf(this.#props.executor ?? {})),
        description: 'How many executors may run at a time',
      },
    }
    for (const [name, output] of Object.entries(told)) {
      const made = new CfnOutput(this, `${name}Output`, output)
      made.overrideLogicalId(outputs[name as keyof typeof outputs])
    }
  }
}
