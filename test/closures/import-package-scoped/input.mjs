import { hi } from '@scope/pkg'
import { sub } from '@scope/pkg/sub'
export default () => [hi(), sub()]
