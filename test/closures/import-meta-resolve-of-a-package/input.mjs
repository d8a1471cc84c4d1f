export default () => import.meta.resolve('tool')
