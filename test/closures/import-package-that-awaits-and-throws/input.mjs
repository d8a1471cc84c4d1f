import { never } from 'unlucky'
export default () => never()
