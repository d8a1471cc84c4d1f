export default () => import.meta.resolve('./note.txt')
