import { Voice } from 'loud'
class Choir extends Voice {
  say() {
    return super.say().repeat(2)
  }
}
const choir = new Choir('c')
export default () => [choir.say(), choir instanceof Voice, new Choir('d').say()]
