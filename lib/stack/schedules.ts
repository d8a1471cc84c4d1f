import { Duration, Stack } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { EventInvokeConfig } from 'aws-cdk-lib/aws-lambda'
import { CfnSchedule, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler'
import { Construct } from 'constructs'
import { acknowledgeResource } from './acknowledge.ts'
import type { CloudFunction } from './cloud-function.ts'
import { permissionsOf } from './permissions.ts'

/** A schedule's call that found no room within this is given up: Scheduler's retries multiply Lambda's. */
const MAX_EVENT_AGE = Duration.minutes(15)

export interface SchedulesProps {
  /** Called by the schedules that come up as jobs run. */
  readonly cron: CloudFunction
  /** Called every five minutes. */
  readonly sweeper: CloudFunction
}

/** A group for all schedules of this stack, and what wakes the sweeper. */
export class Schedules extends Construct {
  readonly group: ScheduleGroup
  /** Under which the schedules call the cron function: all that it may do. */
  readonly role: Role

  constructor(scope: Construct, id: string, { cron, sweeper }: SchedulesProps) {
    super(scope, id)
    this.group = new ScheduleGroup(this, 'Group')
    this.role = this.#roleTo('CronRole', cron)
    const sweepRole = this.#roleTo('SweepRole', sweeper)
    const sweep = new CfnSchedule(this, 'Sweep', {
      description: 'PiCloud: takes what fell through',
      groupName: this.group.scheduleGroupName,
      scheduleExpression: 'rate(5 minutes)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: sweeper.handler.functionArn,
        roleArn: sweepRole.roleArn,
        // The next one comes in five minutes anyway.
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
    })
    sweep.node.addDependency(sweepRole)
    const handlers = { Cron: cron, Sweeper: sweeper }
    for (const [name, { handler }] of Object.entries(handlers)) {
      new EventInvokeConfig(this, `${name}Retries`, { function: handler, maxEventAge: MAX_EVENT_AGE, retryAttempts: 1 })
    }
  }

  /** Lets this function make and delete schedules that call the cron function. */
  permit(maker: CloudFunction): void {
    const { scheduleGroupName } = this.group
    const schedules = Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${scheduleGroupName}/*`,
    })
    maker.allow(permissionsOf.control.schedules, schedules)
    maker.role.addToPolicy(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [this.role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      }),
    )
    const account = 'arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>'
    acknowledgeResource(maker.role, 'schedulesOfGroup', `${account}:schedule/${scheduleGroupName}/*`)
  }

  #roleTo(id: string, { handler }: CloudFunction): Role {
    const role = new Role(this, id, { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') })
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] }))
    return role
  }
}
