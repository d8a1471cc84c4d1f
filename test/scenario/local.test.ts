import { afterAll, beforeAll, describe } from 'vitest'
import type { Cloud } from '../../lib/index.ts'
import { serviceOfItsOwn } from '../local/service.ts'
import { tellClosureStories } from './closure-stories.ts'
import { tellEnvironmentStories } from './environment-stories.ts'
import { tellFileStories } from './file-stories.ts'
import { tellKeyStories } from './key-stories.ts'
import { tellPublishedStories } from './published-stories.ts'
import { tellServiceStories } from './service-stories.ts'
import { tellStories } from './stories.ts'
import { tellWaitsStories } from './waits-stories.ts'

describe('the local service, over HTTP', () => {
  let service: Awaited<ReturnType<typeof serviceOfItsOwn>> | undefined
  beforeAll(async () => {
    service = await serviceOfItsOwn({ workers: 2 })
  })
  afterAll(async () => {
    await service?.close()
  })
  const open = (): Cloud => (service as NonNullable<typeof service>).client()
  tellStories(open)
  tellClosureStories(open)
  tellServiceStories(open)
  tellFileStories(open)
  tellEnvironmentStories(open)
  tellKeyStories(open)
  tellPublishedStories(open)
  tellWaitsStories(open)
})
