import { Socket } from 'node:net'
const socket = new Socket()
export default () => socket.destroyed
