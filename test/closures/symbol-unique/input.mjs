const marker = Symbol('marker')
const holder = { [marker]: marker, again: marker }
export default () => [holder[marker] === marker, holder.again === marker, marker.description, marker === Symbol('marker')]
