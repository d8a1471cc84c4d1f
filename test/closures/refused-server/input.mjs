import { createServer } from 'node:http'
const server = createServer()
export default () => server.listening
