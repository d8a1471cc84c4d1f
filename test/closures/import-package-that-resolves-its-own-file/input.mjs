import { knowsPaths, work, workElsewhere } from 'working'

export default () => {
  try {
    workElsewhere()
  } catch ({ message }) {
    return [work(1), knowsPaths(), message]
  }
}
