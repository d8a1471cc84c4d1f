let up, read
{
  let hidden = 1
  up = () => ++hidden
  read = () => hidden
}
export default () => [up(), read()]
