import { here } from '#here'
import { inside } from '#deep/inside'
import { loud } from '#loud'
export default () => [here, inside, loud]
