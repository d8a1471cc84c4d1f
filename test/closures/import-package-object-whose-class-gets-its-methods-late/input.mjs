import { shape, Shape } from 'shapes'
const circle = shape('circle')
const grow = circle.grow
export default () => [circle.draw(), grow(), circle instanceof Shape]
