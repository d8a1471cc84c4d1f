import * as wide from 'wide'
export default () => wide.lean() + (wide.missing ?? '')
