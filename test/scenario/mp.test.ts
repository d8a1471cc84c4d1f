import { describe } from 'vitest'
import { connect } from '../../lib/index.ts'
import { tellStories } from './stories.ts'

describe('child processes of this one', () => tellStories(() => connect({ workers: 2 })))
