export default () => import.meta
