import { shape } from 'circular'

const three = shape(3)

// The job takes the class from its file: loaded first, that leads to one that extends it before it is there.
export default () => [three.area(), three.square().area(), three.square() instanceof three.constructor]
