import { Box } from 'boxes'
const box = new Box([1], 'first', { name: 'me' })
export default () => [box.tell(), box instanceof Box, new Box(2, 'new').tell()[1]]
