import { Socket } from 'node:net'
class Line extends Socket {}
const line = new Line()
export default () => line.destroyed
