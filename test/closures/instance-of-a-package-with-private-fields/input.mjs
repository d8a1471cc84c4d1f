import { Vault } from 'vault'

const held = { list: [new Vault()] }
export default () => held.list[0].open()
