import { fine } from 'outcomes'

export default () => fine(3)
