import { binaryCases, deepCases } from './binary-cases.ts'
import type { Case } from './case.ts'
import { plainCases } from './plain-cases.ts'
import { richCases } from './rich-cases.ts'

/** The table that all round trips run over. */
export const cases: readonly Case[] = [...plainCases, ...richCases, ...binaryCases, ...deepCases]
