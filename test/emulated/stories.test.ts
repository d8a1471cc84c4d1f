import { describe, inject } from 'vitest'
import { connect } from '../../lib/index.ts'
import { tellStories } from '../scenario/stories.ts'
import { awsEnvironment } from './emulator/cdk.ts'

const deployment = inject('deployment')

describe.skipIf(deployment === undefined)('deployed, over HTTP', () => {
  tellStories(() =>
    connect({ url: deployment?.url ?? '', key: deployment?.key ?? '', secret: deployment?.secret ?? '' }),
  )
})

describe.skipIf(deployment === undefined)('deployed, through lambda:', () => {
  // The client finds region and credentials as every AWS tool does.
  Object.assign(process.env, awsEnvironment(deployment?.endpoint ?? ''))
  tellStories(() => connect({ url: `lambda:${deployment?.apiFunction}` }))
})
