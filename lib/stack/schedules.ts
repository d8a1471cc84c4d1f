import { Duration } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { EventInvokeConfig } from 'aws-cdk-lib/aws-lambda'
import { CfnSchedule, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler'
import { Construct } from 'constructs'
import type { CloudFunction } from './cloud-function.ts'

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

  #roleTo(id: string, { handler }: CloudFunction): Role {
    const role = new Role(this, id, { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') })
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [handler.functionArn] }))
    return role
  }
}
