// As schemas of graphql, of which its functions ask whether they are theirs.
import { Field, isField, isText } from 'kinds'
const field = new Field()
export default () => [isField(field), isText(field), field instanceof Field]
