const app = {
  name: 'app',
  start() {
    return { name: () => this.name, me: () => this }
  },
}
const { name, me } = app.start()
export default () => [name(), me() === app]
