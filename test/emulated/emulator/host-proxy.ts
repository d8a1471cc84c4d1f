import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'

/**
 * An address of the loopback interface for an API whose own name (`<id>.execute-api.localhost`) no resolver knows: passes all
 * requests on with that name as their host.
 */
export async function startHostProxy(
  target: string,
  certificate: string,
): Promise<AsyncDisposable & { readonly url: string }> {
  const { host, port } = new URL(target)
  const ca = readFileSync(certificate)
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const address = { host: '127.0.0.1', servername: 'localhost', port, ca }
    const onward = request({ ...address, method, path: url, headers: { ...headers, host } }, answer => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', error => outgoing.destroy(error))
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
