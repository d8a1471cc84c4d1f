import { RemovalPolicy } from 'aws-cdk-lib'
import { expect, test } from 'vitest'
import { synthesise } from './synthesise.ts'

test('these resources are made, and no others', () => {
  const { template } = synthesise()
  const counts: Record<string, number> = {}
  const resources = template.toJSON()['Resources'] as Record<string, { readonly Type: string }>
  for (const { Type } of Object.values(resources)) counts[Type] = (counts[Type] ?? 0) + 1
  expect(counts).toEqual({
    'AWS::ApiGatewayV2::Api': 1,
    'AWS::ApiGatewayV2::Integration': 1,
    'AWS::ApiGatewayV2::Route': 1,
    'AWS::ApiGatewayV2::Stage': 1,
    'AWS::DynamoDB::GlobalTable': 2,
    'AWS::IAM::Policy': 9,
    'AWS::IAM::Role': 9,
    'AWS::Lambda::EventInvokeConfig': 4,
    'AWS::Lambda::EventSourceMapping': 4,
    'AWS::Lambda::Function': 7,
    'AWS::Lambda::Permission': 1,
    'AWS::Logs::LogGroup': 7,
    'AWS::S3::Bucket': 2,
    'AWS::S3::BucketPolicy': 2,
    'AWS::SQS::Queue': 6,
    'AWS::SQS::QueuePolicy': 6,
    'AWS::Scheduler::Schedule': 1,
    'AWS::Scheduler::ScheduleGroup': 1,
    'AWS::SecretsManager::Secret': 1,
  })
})

test('a function URL takes the place of the HTTP API', () => {
  const { of, template } = synthesise({ endpoint: 'function-url' })
  expect(Object.keys(of('AWS::ApiGatewayV2::Api'))).toEqual([])
  const [url] = Object.values(of('AWS::Lambda::Url'))
  expect(url?.Properties).toMatchObject({ AuthType: 'NONE' })
  const api = Object.keys(of('AWS::Lambda::Function')).find(id => id.startsWith('PiCloudApi'))
  expect(url?.Properties.TargetFunctionArn['Fn::GetAtt'][0]).toBe(api)
  expect(template.toJSON()['Outputs'].PiCloudUrl.Value['Fn::GetAtt'][1]).toBe('FunctionUrl')
})

test('setup finds the outputs by their names', () => {
  const outputs = Object.keys(synthesise().template.toJSON()['Outputs'])
  expect(outputs.sort()).toEqual([
    'PiCloudApiFunction',
    'PiCloudExecutors',
    'PiCloudHighCpuExecutors',
    'PiCloudKeySecret',
    'PiCloudUrl',
  ])
})

const kept = ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket']

test('tables and buckets outlive the stack, unless asked otherwise', () => {
  const { of } = synthesise()
  const policies = kept.flatMap(type => Object.values(of(type)).map(resource => resource.DeletionPolicy))
  expect(policies).toEqual(['Retain', 'Retain', 'Retain', 'Retain'])
  const { of: without } = synthesise({ removalPolicy: RemovalPolicy.DESTROY })
  const others = kept.flatMap(type => Object.values(without(type)).map(resource => resource.DeletionPolicy))
  expect(others).toEqual(['Delete', 'Delete', 'Delete', 'Delete'])
})
