import { level, ready } from 'configured'
export default () => [level(), ready()]
