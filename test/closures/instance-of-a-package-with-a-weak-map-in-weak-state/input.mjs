// As clients compiled from private fields that hold WeakMaps.
import { Client } from 'client'
const request = { path: '/' }
const client = new Client('key')
client.attempt(request)
client.attempt(request)
export default () => [client.attempt(request), client.attempt({ path: '/' }), client.key(), new Client('other').attempt(request)]
