import workerpool from 'workerpool'
import { largeBuffer, lastByteOf, noOp } from './jobs.ts'

workerpool.worker({ noOp, lastByteOf, largeBuffer })
