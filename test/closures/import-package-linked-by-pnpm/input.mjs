import { loud, dependency } from 'loud'
export default () => [loud, dependency()]
