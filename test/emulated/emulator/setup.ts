import { inject } from 'vitest'
import { trust } from './trust.ts'

const deployment = inject('deployment')
if (deployment !== undefined) trust(deployment.certificate)
