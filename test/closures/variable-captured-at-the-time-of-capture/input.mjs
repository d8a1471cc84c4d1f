let when = 'before'
const read = () => when
when = 'after'
export default read
