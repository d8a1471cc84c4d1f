import { Client } from 'tanks'
const held = { client: new Client(2) }
export default () => held.client.level()
