import { version } from 'twice'
export const near = () => version
