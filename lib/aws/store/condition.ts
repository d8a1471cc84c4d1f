import type { AttributeValue } from '@aws-sdk/client-dynamodb'

/** What must hold of the stored item for a write to be kept. */
export interface Condition {
  readonly expression: string
  readonly names?: Record<string, string>
  readonly values?: Record<string, AttributeValue>
}

/** As the SDK's commands take it. */
export function conditionOf(condition: Condition | undefined) {
  if (condition === undefined) return {}
  const { expression, names = {}, values = {} } = condition
  return {
    ...(expression !== '' && {
      ConditionExpression: expression,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    }),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  }
}
