import { helper } from 'selfish/helper'
export default () => helper()
