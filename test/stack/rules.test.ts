import { existsSync } from 'node:fs'
import { Stack, Validations } from 'aws-cdk-lib'
import { Bucket } from 'aws-cdk-lib/aws-s3'
import { AwsSolutionsChecks } from 'cdk-nag'
import { expect, test } from 'vitest'
import { acknowledged } from '../../lib/stack/acknowledge.ts'
import type { PiCloudProps } from '../../lib/stack/index.ts'
import { synthesise } from './synthesise.ts'

/** Synthesising throws when a rule is broken that nobody acknowledged. */
function check(props: PiCloudProps): string {
  const { app } = synthesise(props)
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return app.synth({ force: true }).directory
}

test.each<PiCloudProps>([{}, { endpoint: 'function-url' }])('AwsSolutions finds nothing unanswered: %j', props => {
  expect(existsSync(check(props))).toBe(true)
})

test('AwsSolutions is listening: a bucket that takes plain text is found', () => {
  const { app, cloud } = synthesise()
  new Bucket(Stack.of(cloud), 'Careless')
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  expect(() => app.synth({ force: true })).toThrow(/AwsSolutions-S10/)
})

test('each answer says why', () => {
  for (const { id, reason } of Object.values(acknowledged)) {
    expect(id).toMatch(/^AwsSolutions-[A-Z]+\d+$/)
    expect(reason.split(' ').length).toBeGreaterThan(6)
  }
})
