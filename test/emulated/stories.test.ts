import { describe, inject } from 'vitest'
import { connect } from '../../lib/index.ts'
import { tellClosureStories } from '../scenario/closure-stories.ts'
import { tellEnvironmentStories } from '../scenario/environment-stories.ts'
import { tellFileStories } from '../scenario/file-stories.ts'
import { tellKeyStories } from '../scenario/key-stories.ts'
import { tellPublishedStories } from '../scenario/published-stories.ts'
import { tellServiceStories } from '../scenario/service-stories.ts'
import { tellStories } from '../scenario/stories.ts'
import { tellWaitsStories } from '../scenario/waits-stories.ts'
import { awsEnvironment } from './emulator/cdk.ts'

const deployment = inject('deployment')

describe.skipIf(deployment === undefined)('deployed, over HTTP', () => {
  const open = () =>
    connect({ url: deployment?.url ?? '', key: deployment?.key ?? '', secret: deployment?.secret ?? '' })
  tellStories(open)
  tellClosureStories(open)
  tellServiceStories(open)
  tellFileStories(open)
  tellEnvironmentStories(open)
  tellKeyStories(open)
  tellPublishedStories(open)
  tellWaitsStories(open)
})

describe.skipIf(deployment === undefined)('deployed, through lambda:', () => {
  // The client finds region and credentials as every AWS tool does.
  Object.assign(process.env, awsEnvironment(deployment?.endpoint ?? ''))
  const open = () => connect({ url: `lambda:${deployment?.apiFunction}` })
  tellStories(open)
  tellClosureStories(open)
  tellServiceStories(open)
  tellFileStories(open)
  tellEnvironmentStories(open)
})
