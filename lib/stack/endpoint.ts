import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda'
import { acknowledge } from './acknowledge.ts'
import type { CloudFunction } from './cloud-function.ts'
import type { PiCloudProps } from './options.ts'

/** Where HTTP comes in; returns its URL, without a slash at the end where AWS leaves the choice. */
export function openEndpoint(api: CloudFunction, kind: NonNullable<PiCloudProps['endpoint']>): string {
  // Anybody may call it: the app answers 401 to whoever has no key.
  if (kind === 'function-url') return api.handler.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url
  const http = new HttpApi(api, 'Http', {
    description: 'PiCloud: every route goes to the one function',
    defaultIntegration: new HttpLambdaIntegration('Integration', api.handler),
  })
  acknowledge(http, 'keysInApp')
  acknowledge(http, 'apiAccessLogs')
  return http.apiEndpoint
}
