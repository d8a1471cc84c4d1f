import net from 'node:net'
const it = net.createServer()
export default () => it
