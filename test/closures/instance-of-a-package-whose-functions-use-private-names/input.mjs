import { App } from 'web'

const app = new App()
app.get('/hi', name => `hello ${name}`)
app.request('GET', '/hi', 'here')
export default () => {
  const answers = [app.request('GET', '/hi', 'bob'), app.request('POST', '/none'), app.request('GET', '/hi', 'ann')]
  const other = new App()
  other.get('/new', () => 'made')
  return [...answers, app instanceof App, other.request('GET', '/new')]
}
