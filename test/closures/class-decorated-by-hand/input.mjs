const registry = new Map()
const register = (Class, name) => {
  registry.set(name, Class)
  return Class
}
const Task = register(class Task { run() { return 'ran' } }, 'task')
export default () => [new (registry.get('task'))().run(), registry.get('task') === Task]
