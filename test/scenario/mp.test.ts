import { describe, expect, test } from 'vitest'
import { connect } from '../../lib/index.ts'
import { tellClosureStories } from './closure-stories.ts'
import { tellStories } from './stories.ts'

describe('child processes of this one', () => {
  const open = () => connect({ workers: 2 })
  tellStories(open)
  tellClosureStories(open)
})

test('it has no crons, and says who has', async () => {
  await using cloud = connect({ workers: 1 })
  const register = cloud.cron.register(() => 1, 'a', '@daily')
  await expect(register).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('picloud local'),
  })
})
