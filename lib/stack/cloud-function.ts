import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda'
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import type { FunctionName } from '../aws/environment.ts'
import { acknowledgeResource, attributeOf } from './acknowledge.ts'

export interface CloudFunctionProps {
  readonly name: FunctionName
  readonly description: string
  readonly environment: Record<string, string>
  readonly bundles: string | undefined
  readonly logDays: RetentionDays
  readonly memory: number
  /** Seconds. */
  readonly timeout: number
  /** MB of /tmp. */
  readonly storage?: number | undefined
  readonly architecture?: 'arm64' | 'x86_64' | undefined
  readonly reservedConcurrency?: number | undefined
  /** It sends messages to a queue that calls it: Lambda would stop it after 16 rounds and take that for a loop. */
  readonly callsItself?: boolean
}

/** A function with a role and a log group of its own: it may write its log, and whatever it is granted besides. */
export class CloudFunction extends Construct {
  readonly handler: LambdaFunction
  readonly role: Role

  constructor(scope: Construct, id: string, props: CloudFunctionProps) {
    super(scope, id)
    const logs = new LogGroup(this, 'Logs', { retention: props.logDays, removalPolicy: RemovalPolicy.DESTROY })
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logs.logGroupArn],
      }),
    )
    this.handler = new LambdaFunction(this, 'Handler', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture === 'x86_64' ? Architecture.X86_64 : Architecture.ARM_64,
      code: Code.fromAsset(bundleOf(props.name, props.bundles)),
      handler: 'index.handler',
      role: this.role.withoutPolicyUpdates(),
      environment: props.environment,
      memorySize: props.memory,
      timeout: Duration.seconds(props.timeout),
      ...(props.storage !== undefined && { ephemeralStorageSize: Size.mebibytes(props.storage) }),
      ...(props.reservedConcurrency !== undefined && { reservedConcurrentExecutions: props.reservedConcurrency }),
      ...(props.callsItself === true && { recursiveLoop: RecursiveLoop.ALLOW }),
      logGroup: logs,
      loggingFormat: LoggingFormat.JSON,
      // A line for each start and end of each call would cost more than the call.
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel.WARN,
    })
    // The role is made before its policy: without this the function may start and be refused.
    this.handler.node.addDependency(this.role)
  }

  allow(actions: readonly string[] | undefined, ...resources: readonly string[]): void {
    if (actions === undefined || actions.length === 0) return
    this.role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }))
  }

  /** @param prefix of the objects' keys; default: all */
  allowObjects(actions: readonly string[] | undefined, bucket: Bucket, prefix = ''): void {
    if (actions === undefined) return
    this.allow(actions, bucket.arnForObjects(`${prefix}*`))
    acknowledgeResource(this.role, 'objectsOfBucket', `${attributeOf(bucket, 'Arn')}/${prefix}*`)
  }
}

/** Prebuilt: neither esbuild nor docker runs when an app is synthesised. */
function bundleOf(name: FunctionName, bundles: string | undefined): string {
  const built = import.meta.url.endsWith('.ts') ? '../../dist/functions' : '../../functions'
  const folder = `${bundles ?? fileURLToPath(new URL(built, import.meta.url))}/${name}`
  if (!existsSync(`${folder}/index.js`)) {
    throw new Error(
      `The bundle of the function “${name}” is missing: there is no ${folder}/index.js. Run npm run build.`,
    )
  }
  return folder
}
