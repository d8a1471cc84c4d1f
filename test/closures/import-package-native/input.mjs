import { fast } from 'fast-native'
export default () => fast()
