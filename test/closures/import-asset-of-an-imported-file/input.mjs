import { page } from './pages/page.mjs'
export default name => page().replace('NAME', name)
export const args = ['Ada']
