import greet, { bye as part } from './words.mjs'
export default () => [greet('Ada'), part('Ada')]
