import { table } from 'tables'

export default () => table('letters')
