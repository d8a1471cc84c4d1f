import { isBox, open } from 'boxes'
const box = open('a')
export default () => isBox(box)
