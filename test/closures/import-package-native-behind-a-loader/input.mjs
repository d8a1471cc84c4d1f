import { fast } from 'hidden-native'
export default () => fast()
