import { afterAll, beforeAll, describe } from 'vitest'
import { serviceOfItsOwn } from '../local/service.ts'
import { tellStories } from './stories.ts'

describe('the local service, over HTTP', () => {
  let service: Awaited<ReturnType<typeof serviceOfItsOwn>> | undefined
  beforeAll(async () => {
    service = await serviceOfItsOwn({ workers: 2 })
  })
  afterAll(async () => {
    await service?.close()
  })
  tellStories(() => (service as NonNullable<typeof service>).client())
})
