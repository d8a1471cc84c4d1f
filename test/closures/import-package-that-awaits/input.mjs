import { ready } from 'patient'
export default () => ready
