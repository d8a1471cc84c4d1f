import { how } from 'synchronous'
export default () => how
