/** zod's compiler: loaded for the first schema that proves worth it. */
export { compile } from 'zod'
