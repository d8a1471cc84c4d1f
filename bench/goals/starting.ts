import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Bound, Contestant, Goal, Scale } from '../harness/goal.ts'
import { must, secondsOf } from '../harness/time.ts'
import { folderFor } from '../peers/daemon.ts'
import { startService } from '../peers/started-service.ts'

const programs = fileURLToPath(new URL('../programs/', import.meta.url))

/** Seconds from the start of a program until it prints its first line, and until it has ended. */
async function timesOf(program: string): Promise<{ first: number; all: number }> {
  const began = performance.now()
  const child = spawn(process.execPath, [`${programs}${program}`], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  const [line] = await once(child.stdout, 'data')
  const first = performance.now() - began
  must(String(line).trim() === '6', `${program} prints its result`)
  const [code] = await gone
  must(code === 0, `${program} ends well`)
  return { first: first / 1_000, all: (performance.now() - began) / 1_000 }
}

const programme =
  (program: string) =>
  async ({ short }: Scale): Promise<Contestant> => {
    await timesOf(program)
    return {
      async round() {
        const times = []
        for (let turn = 0; turn < (short ? 1 : 3); turn++) times.push(await timesOf(program))
        return {
          first: Math.min(...times.map(({ first }) => first)),
          all: Math.min(...times.map(({ all }) => all)),
        }
      },
      close: async () => {},
    }
  }

/** The difference to an empty program, of the quickest start of each: what is slower was held up by something else. */
async function importing({ short }: Scale): Promise<Contestant> {
  return {
    async round() {
      const quickest = { empty: Number.POSITIVE_INFINITY, full: Number.POSITIVE_INFINITY }
      for (let turn = 0; turn < (short ? 1 : 5); turn++) {
        quickest.empty = Math.min(quickest.empty, (await timesOf('empty.mjs')).first)
        quickest.full = Math.min(quickest.full, (await timesOf('import-picloud.mjs')).first)
      }
      return { above: quickest.full - quickest.empty }
    },
    close: async () => {},
  }
}

const command = fileURLToPath(new URL('../../dist/bin/picloud.js', import.meta.url))

/** Seconds that Node takes with these arguments; a command prints into a pipe, as for another program. */
async function lifeOf(args: readonly string[]): Promise<number> {
  const began = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.resume()
  const [code] = await once(child, 'exit')
  must(code === 0, `${args.join(' ')} ends well`)
  return (performance.now() - began) / 1_000
}

/** What `--version` and `--help` take beyond 1.3 times what `node -e 0` takes, of the quickest of each. */
async function commandLine({ short }: Scale): Promise<Contestant> {
  return {
    async round() {
      const quickest = {
        empty: Number.POSITIVE_INFINITY,
        version: Number.POSITIVE_INFINITY,
        help: Number.POSITIVE_INFINITY,
      }
      for (let turn = 0; turn < (short ? 1 : 5); turn++) {
        quickest.empty = Math.min(quickest.empty, await lifeOf(['-e', '0']))
        quickest.version = Math.min(quickest.version, await lifeOf([command, '--version']))
        quickest.help = Math.min(quickest.help, await lifeOf([command, '--help']))
      }
      const { empty, version, help } = quickest
      return { empty, version: version - 1.3 * empty, help: help - 1.3 * empty }
    },
    close: async () => {},
  }
}

/** Seconds until the service has answered a first request. */
async function answerOf(url: string): Promise<number> {
  return await secondsOf(async () => {
    const [response] = await once(get(`${url}/healthz`), 'response')
    must(response.statusCode === 200, `${url} answers`)
    must((await text(response)).includes('"ok":true'), `${url} is well`)
  })
}

/**
 * Until `picloud local` has said where it answers, and until it has answered: in a new folder, where it makes its first key,
 * and in one that it has.
 */
async function service({ short }: Scale): Promise<Contestant> {
  return {
    async round() {
      const quickest: Record<string, number> = {}
      for (let turn = 0; turn < (short ? 1 : 3); turn++) {
        const folder = folderFor('start')
        for (const which of ['first', 'later'] as const) {
          const { url, took, stop } = await startService(folder)
          const answered = took + (await answerOf(url))
          await stop()
          quickest[which] = Math.min(quickest[which] ?? took, took)
          quickest[`${which}Answer`] = Math.min(quickest[`${which}Answer`] ?? answered, answered)
        }
        rmSync(folder, { recursive: true, force: true })
      }
      return quickest
    },
    close: async () => {},
  }
}

/** `node -e 0` beside each of these. */
async function node({ short }: Scale): Promise<Contestant> {
  return {
    async round() {
      let empty = Number.POSITIVE_INFINITY
      for (let turn = 0; turn < (short ? 1 : 3); turn++) empty = Math.min(empty, await lifeOf(['-e', '0']))
      return { firstAnswer: empty, laterAnswer: empty }
    },
    close: async () => {},
  }
}

const starts = { first: 'in a new folder', later: 'in its folder' } as const

const inSecond = (which: 'first' | 'later'): Bound[] => [
  {
    what: `picloud local says where it answers, ${starts[which]}`,
    metric: which,
    ours: 'picloud local',
    atMost: 1_000,
    unit: 'ms',
    noise: 0.2,
  },
  {
    what: `picloud local has answered, ${starts[which]}`,
    metric: `${which}Answer`,
    ours: 'picloud local',
    atMost: 1_000,
    unit: 'ms',
    noise: 0.2,
  },
]

/** What was first measured, and a tenth: a new folder costs the password's hash, on a thread of its own. */
const timesNode = (which: 'first' | 'later', atMost: number): Bound => ({
  what: `picloud local has answered, ${starts[which]}, beside \`node -e 0\``,
  metric: `${which}Answer`,
  ours: 'picloud local',
  against: 'node -e 0',
  atMost,
  noise: 0.3,
})

const within = (option: 'version' | 'help'): Bound => ({
  what: `picloud --${option} above 1.3 × \`node -e 0\``,
  metric: option,
  atMost: 10,
  unit: 'ms',
  noise: 0.5,
})

/** A process starts in some 25 ms, give or take a fifth on a busy machine; of that a fifth is half of what the command may add. */
export const starting: Goal = {
  number: 10,
  title: 'Starting',
  trials: [
    {
      name: 'command line',
      rounds: 9,
      contestants: { 'cloud.mp': commandLine },
      bounds: [within('version'), within('help')],
    },
    {
      name: 'import',
      rounds: 9,
      contestants: { 'cloud.mp': importing },
      bounds: [
        { what: "`import 'picloud'` above an empty program", metric: 'above', atMost: 15, unit: 'ms', noise: 0.3 },
      ],
    },
    {
      name: 'service',
      rounds: 5,
      contestants: { 'picloud local': service, 'node -e 0': node },
      bounds: [...inSecond('first'), ...inSecond('later'), timesNode('first', 13), timesNode('later', 4.8)],
    },
    {
      name: 'first result',
      rounds: 9,
      contestants: {
        'cloud.mp': programme('first-of-picloud.mjs'),
        workerpool: programme('first-of-workerpool.mjs'),
      },
      bounds: [
        {
          what: "from start to the first result beside workerpool's",
          metric: 'first',
          against: 'workerpool',
          atMost: 1.1,
          noise: 0.1,
        },
      ],
    },
  ],
}
