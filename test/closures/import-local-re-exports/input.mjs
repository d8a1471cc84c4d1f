import { add, all, aliased, ns } from './index.mjs'
export default () => [add(1, 2), all(), aliased(), ns.add(2, 2)]
