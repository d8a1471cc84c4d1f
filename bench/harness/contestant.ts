// The process of one contestant. Arguments: goal's number, trial's and contestant's name, scale as JSON. Measures when told to.
import type { Scale } from './goal.ts'
import { goals } from './goals.ts'

const [number, trialName, name = '', scale = '{}'] = process.argv.slice(2)
const trial = goals.find(goal => goal.number === Number(number))?.trials.find(({ name }) => name === trialName)
const make = trial?.contestants[name]
if (make === undefined) throw new Error(`There is no contestant '${name}' in trial '${trialName}' of goal ${number}.`)

const contestant = await make(JSON.parse(scale) as Scale)

process.on('message', (order: 'round' | 'close') => {
  obey(order).catch((error: unknown) => {
    process.send?.({ error: error instanceof Error ? error.stack : String(error) })
  })
})
process.send?.({ ready: true })

async function obey(order: 'round' | 'close'): Promise<void> {
  if (order === 'round') {
    globalThis.gc?.()
    process.send?.({ metrics: await contestant.round() })
    return
  }
  await contestant.close()
  process.disconnect?.()
}
