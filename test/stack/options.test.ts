import { expect, test } from 'vitest'
import { variables } from '../../lib/aws/environment.ts'
import { faultsOf, type PiCloudProps } from '../../lib/stack/options.ts'
import { synthesise } from './synthesise.ts'

const scaling = (min: number, max: number): PiCloudProps => ({
  executor: { scaling: { provisionedPollers: { min, max } } },
})

const good: PiCloudProps[] = [
  {},
  { apiMemory: 128 },
  { apiMemory: 10_240 },
  { executor: { memory: 128, timeout: 60, storage: 512, batchSize: 1, reservedConcurrency: 1 } },
  { executor: { memory: 10_240, timeout: 900, storage: 10_240, batchSize: 10 } },
  { executor: { scaling: { maxConcurrency: 2 } } },
  { executor: { scaling: { maxConcurrency: 1_000 } } },
  { executor: { memory: 2_000 }, highCpuExecutor: { memory: 2_000 } },
  { highCpuExecutor: { memory: 10_240, timeout: 60, storage: 512, batchSize: 10, scaling: { maxConcurrency: 2 } } },
  { executor: { burst: 0 }, highCpuExecutor: { burst: 500 } },
  scaling(2, 2),
  scaling(200, 2_000),
]

test.each(good)('%j is taken', props => {
  expect(faultsOf(props)).toEqual([])
})

const bad: [PiCloudProps, string][] = [
  [{ apiMemory: 127 }, 'apiMemory'],
  [{ apiMemory: 10_241 }, 'apiMemory'],
  [{ executor: { memory: 127 } }, 'executor.memory'],
  [{ executor: { memory: 10_241 } }, 'executor.memory'],
  [{ executor: { memory: 512.5 } }, 'executor.memory'],
  [{ executor: { timeout: 59 } }, 'executor.timeout'],
  [{ executor: { timeout: 901 } }, 'executor.timeout'],
  [{ executor: { storage: 511 } }, 'executor.storage'],
  [{ executor: { storage: 10_241 } }, 'executor.storage'],
  [{ executor: { batchSize: 0 } }, 'executor.batchSize'],
  [{ executor: { batchSize: 11 } }, 'executor.batchSize'],
  [{ executor: { reservedConcurrency: 0 } }, 'executor.reservedConcurrency'],
  [{ executor: { burst: -1 } }, 'executor.burst'],
  [{ highCpuExecutor: { burst: 501 } }, 'highCpuExecutor.burst'],
  [{ executor: { scaling: { maxConcurrency: 1 } } }, 'executor.scaling.maxConcurrency'],
  [{ executor: { scaling: { maxConcurrency: 1_001 } } }, 'executor.scaling.maxConcurrency'],
  [{ highCpuExecutor: { memory: 10_241 } }, 'highCpuExecutor.memory'],
  [{ highCpuExecutor: { memory: 1_768 } }, 'highCpuExecutor.memory'],
  [{ executor: { memory: 4_096 }, highCpuExecutor: { memory: 4_095 } }, 'highCpuExecutor.memory'],
  [{ highCpuExecutor: { scaling: { maxConcurrency: 1 } } }, 'highCpuExecutor.scaling.maxConcurrency'],
  [{ highCpuExecutor: { batchSize: 11 } }, 'highCpuExecutor.batchSize'],
  [scaling(1, 2), 'executor.scaling.provisionedPollers.min'],
  [scaling(201, 300), 'executor.scaling.provisionedPollers.min'],
  [scaling(2, 2_001), 'executor.scaling.provisionedPollers.max'],
  [scaling(10, 9), 'executor.scaling.provisionedPollers.max is below'],
]

test.each(bad)('%j is refused by name', (props, name) => {
  const faults = faultsOf(props)
  expect(faults).toHaveLength(1)
  expect(faults[0]).toContain(name)
})

test('both ways of scaling at once are refused, which only JavaScript lets through', () => {
  const both = { maxConcurrency: 2, provisionedPollers: { min: 2, max: 2 } } as never
  expect(faultsOf({ executor: { scaling: both } })).toEqual([expect.stringContaining('not both')])
})

test('the construct names every fault at once', () => {
  expect(() => synthesise({ apiMemory: 1, executor: { timeout: 1 } })).toThrow(/apiMemory is 1.*executor\.timeout is 1/)
})

test('a missing bundle says what to run', () => {
  expect(() => synthesise({ bundles: '/nowhere' })).toThrow(/no \/nowhere\/cron\/index\.js\. Run npm run build\./)
})

test.each<[PiCloudProps, string, string]>([
  [{}, '800', '100'],
  [{ executor: { scaling: { maxConcurrency: 40 } } }, '40', '100'],
  [{ executor: { reservedConcurrency: 30 } }, '30', '100'],
  [{ executor: { scaling: { maxConcurrency: 40 }, reservedConcurrency: 100 } }, '40', '100'],
  [{ executor: { scaling: { maxConcurrency: 40 }, burst: 10 } }, '50', '100'],
  [scaling(2, 50), '500', '100'],
  [{ highCpuExecutor: { scaling: { maxConcurrency: 7 } } }, '800', '7'],
  [{ highCpuExecutor: { scaling: { provisionedPollers: { min: 2, max: 3 } } } }, '800', '30'],
])('%j lets %s executors run at a time, and %s for highCpu jobs, and says so', (props, executors, highCpu) => {
  const { template, one } = synthesise(props)
  template.hasOutput('PiCloudExecutors', { Value: executors })
  template.hasOutput('PiCloudHighCpuExecutors', { Value: highCpu })
  const told = one('AWS::Lambda::Function', 'PiCloudApiHandler').Properties.Environment.Variables
  expect(told).toMatchObject({ [variables.executors]: executors, [variables.highCpuExecutors]: highCpu })
})
