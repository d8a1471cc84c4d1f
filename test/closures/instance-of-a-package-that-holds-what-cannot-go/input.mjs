import { Pool } from 'pooled'

const pools = { main: new Pool() }

export default () => pools.main.size
