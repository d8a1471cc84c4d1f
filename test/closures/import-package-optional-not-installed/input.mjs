import { how } from 'choosy'
export default () => how()
