class Task extends Promise {
  label = 'task'
}
const task = Task.resolve(5)
export default async () => [await task, task instanceof Task, task.label]
