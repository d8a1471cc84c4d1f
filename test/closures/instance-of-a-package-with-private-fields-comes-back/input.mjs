import { Vault } from 'vault'

const vault = new Vault().put('a')
export default () => ({ vault: vault.put('b'), other: new Vault() })
export const returned = ({ vault: back, other }) => [back instanceof Vault, back.open(), vault.open(), other instanceof Vault]
