import classic, { twice } from 'classic'
export default () => [classic.twice(4), twice(2), classic.twice === twice]
