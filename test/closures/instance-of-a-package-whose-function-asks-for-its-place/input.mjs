import { Placed } from 'placed'

const placed = new Placed()
export default () => placed.where()
