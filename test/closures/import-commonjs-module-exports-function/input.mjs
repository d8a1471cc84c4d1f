import make from './make.cjs'
export default () => make(2).value
