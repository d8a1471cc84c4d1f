import { Client, Pool } from 'tanks'
class Named extends Client {
  name = 'mine'
}
const client = new Client(2)
const named = new Named(5)
const pool = new Pool()
const tag = Symbol('the program’s own')
client[tag] = true
client.fill(3)
pool.add(7)
export default () => [client.level(), named.level(), named.name, client.fill(1), pool.sum(), client[tag]]
