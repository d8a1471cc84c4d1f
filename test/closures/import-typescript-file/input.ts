import { sum } from './sum.ts'
import type { Row } from './sum.ts'
const rows: readonly Row[] = [{ a: 1 }, { a: 2 }]
export default (): number => sum(rows)
