import { afterAll, expect, test } from 'vitest'
import { connect } from '../../lib/index.ts'
import { Project } from './project.ts'

const manifest = (name: string): string => `{ "name": "${name}", "type": "module", "exports": "./index.js" }`

const project = new Project({
  'main.mjs': `
    import { four, up } from 'patient'
    export const adds = x => four + x
    export const counts = () => up()
  `,
  'node_modules/patient/package.json': manifest('patient'),
  'node_modules/patient/index.js': `
    import { setTimeout } from 'node:timers/promises'
    export const four = await setTimeout(1, 4)
    let count = 0
    export const up = () => ++count
  `,
})
afterAll(() => project[Symbol.dispose]())

test('jobs call functions of packages that await at their top level, loaded once for a process', async () => {
  const { adds, counts } = await project.load('main.mjs')
  await using cloud = connect({ workers: 1 })
  expect(await cloud.map(adds as (x: number) => number, [1, 2, 3]).result()).toEqual([5, 6, 7])
  expect(await cloud.map(counts as () => number, [1, 2, 3]).result()).toEqual([1, 2, 3])
})

test('among arguments they are refused by name, as values are revived without waiting', async () => {
  const { adds } = await project.load('main.mjs')
  await using cloud = connect({ workers: 1 })
  const call = async (): Promise<unknown> => cloud.call((fn: unknown) => typeof fn, adds).result()
  await expect(call()).rejects.toThrow('the package patient, which awaits at its top level')
})
