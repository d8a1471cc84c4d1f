import vault from 'vault'
class Named extends vault.Base {}
const named = new Named('gold')
export default () => named.open()
