import { LambdaClient, type LambdaClientConfig, ListFunctionsCommand } from '@aws-sdk/client-lambda'

type Listed = NonNullable<Awaited<ReturnType<typeof list>>>[number]

async function list(access: LambdaClientConfig) {
  const { Functions = [] } = await new LambdaClient(access).send(new ListFunctionsCommand({}))
  return Functions
}

/** What a stack told its functions: names of its tables, queues and buckets. */
export class StackSettings {
  readonly #functions: Promise<readonly Listed[]>

  /** @param apiFunction any function of the stack, whose name all others begin like */
  constructor(access: LambdaClientConfig, apiFunction: string) {
    const [stack] = apiFunction.split('-')
    this.#functions = list(access).then(all => all.filter(one => one.FunctionName?.startsWith(`${stack}-`)))
  }

  /** @param variable of the environment of any of the functions */
  async told(variable: string): Promise<string> {
    for (const { Environment } of await this.#functions) {
      const value = Environment?.Variables?.[variable]
      if (value !== undefined) return value
    }
    throw new Error(`No function of the stack is told ${variable}.`)
  }

  /** All that its functions are told: each variable once. */
  async all(): Promise<Readonly<Record<string, string>>> {
    return Object.assign({}, ...(await this.#functions).map(({ Environment }) => Environment?.Variables))
  }

  /** The name of a function that is told this. */
  async functionWith(variable: string): Promise<string> {
    const found = (await this.#functions).find(({ Environment }) => Environment?.Variables?.[variable] !== undefined)
    if (found?.FunctionName === undefined) throw new Error(`No function of the stack is told ${variable}.`)
    return found.FunctionName
  }
}
