import { Vault } from 'vault'

const held = { list: [new Vault()] }
export default () => {
  const [vault] = held.list
  return [vault.open(), vault instanceof Vault, vault.turn(), new Vault().open()]
}
