import client from 'client'

// What a package configures as it makes it uses the same defaults as the package in the job does.
const api = client.create({ base: 'http://example.test', timeout: 5 })

export default () => [api('/a'), api.create({ timeout: 6 })('/b'), client('/c'), api.defaults.timeout, client.defaults.timeout]
