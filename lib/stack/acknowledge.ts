import { type CfnElement, Stack, Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/** Rules of cdk-nag's AwsSolutions that something here breaks on purpose, and why that is right. There is no other. */
export const acknowledged = {
  serverAccessLogs: {
    id: 'AwsSolutions-S1',
    reason:
      'Each large argument and result is a request, and its log line another object to pay for and to delete. Whoever must know who read what switches on CloudTrail’s data events for the bucket.',
  },
  isDeadLetterQueue: { id: 'AwsSolutions-SQS3', reason: 'This is the queue of the dead letters.' },
  keysInApp: {
    id: 'AwsSolutions-APIG4',
    reason:
      'The app behind every route checks the key itself, hashed and in constant time, and answers 401 without doing anything else. An authorizer would be a second function to pay for and to wait for.',
  },
  apiAccessLogs: {
    id: 'AwsSolutions-APIG1',
    reason:
      'Clients poll, and a log line for each poll is paid for and read by nobody. The API’s metrics, and the function’s log of what failed, stay.',
  },
  firstKeyStays: {
    id: 'AwsSolutions-SMG4',
    reason:
      'It holds the first key, which people have in their configuration: rotating it behind their backs would lock them out. They make further keys and revoke this one.',
  },
  objectsOfBucket: {
    id: 'AwsSolutions-IAM5',
    reason:
      'All objects of one bucket, or of one prefix in it: their keys are made as jobs run. The actions are named.',
  },
  schedulesOfGroup: {
    id: 'AwsSolutions-IAM5',
    reason: 'All schedules of this stack’s own group: their names are made as jobs come in. The actions are named.',
  },
} as const satisfies Record<string, { readonly id: string; readonly reason: string }>

export function acknowledge(scope: IConstruct, name: keyof typeof acknowledged): void {
  Validations.of(scope).acknowledge(acknowledged[name])
}

/** Acknowledges one wildcard in a role's policy, and no other in it. */
export function acknowledgeResource(scope: IConstruct, name: keyof typeof acknowledged, resource: string): void {
  const { id, reason } = acknowledged[name]
  Validations.of(scope).acknowledge({ id: `${id}[Resource::${resource}]`, reason })
}

/** An attribute of a resource, as cdk-nag spells it. */
export function attributeOf({ node }: IConstruct, attribute: string): string {
  const stack = Stack.of(node.scope as IConstruct)
  return `<${stack.resolve(stack.getLogicalId(node.defaultChild as CfnElement))}.${attribute}>`
}
