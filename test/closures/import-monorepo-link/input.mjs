import { shared } from 'shared-lib'
export default () => [shared(), shared()]
