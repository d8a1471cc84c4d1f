const early = () => late
export default () => early()
import { capture } from '../../../lib/closure/capture.ts'
export let reason = ''
try {
  capture(early)
} catch (error) {
  reason = error.reason
}
const late = reason
