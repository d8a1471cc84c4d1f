import { ready, same, joined } from 'patient'
import * as patient from 'patient'
export default () => [ready, same(patient.ready), joined]
