/** Which folders of lib each one may import from. What is not here must be refused by the linter. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  value: ['protocol'],
  closure: ['value', 'protocol'],
  kept: ['disk'],
  disk: [],
  client: ['value', 'closure', 'protocol', 'kept', 'disk'],
  cron: ['protocol'],
  engine: ['cron', 'protocol'],
  http: ['engine', 'protocol'],
  worker: ['engine', 'protocol', 'value', 'kept'],
  memory: ['engine', 'protocol'],
  local: ['cron', 'disk', 'engine', 'memory', 'protocol'],
  aws: ['cron', 'engine', 'protocol'],
  stack: [],
  eslint: [],
  cli: ['client', 'aws', 'local', 'protocol'],
}

/** And which folders of one of them, where it has some: what comes first imports nothing of what comes later. */
const within: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  // What is stored, the ports, then what is done with them.
  engine: {
    records: [],
    ports: ['records'],
    submit: ['records', 'ports'],
    dispatch: ['records', 'ports', 'submit'],
    query: ['records', 'ports', 'submit', 'dispatch'],
    release: ['records', 'ports', 'submit', 'query'],
    service: ['records', 'ports', 'submit'],
  },
  // How a request is read, then what answers it.
  http: {
    request: [],
    routes: ['request'],
    documents: ['request'],
    watch: ['request'],
  },
  // One folder for each of AWS's services that keep or tell something: DynamoDB, EventBridge, SQS, S3.
  aws: {
    store: [],
    schedules: [],
    queue: ['store', 'schedules'],
    blobs: [],
  },
  // The bytes between a worker's parent and its child; the child; its process; bundles and environments on disk.
  worker: {
    frames: [],
    process: ['frames'],
    child: ['frames', 'process'],
    code: ['frames'],
  },
  // What commands show, what `deploy` does, and the commands.
  cli: {
    print: [],
    deploy: ['print'],
    commands: ['print', 'deploy'],
  },
}

/** An import that the linter has to judge: `from` is a module of lib. */
export interface Import {
  readonly from: string
  readonly specifier: string
  readonly allowed: boolean
}

const betweenFolders: readonly Import[] = between(arrows).map(({ from, to, allowed }) => ({
  from: `${from}/some-module`,
  specifier: `../${to}/other-module.ts`,
  allowed,
}))

const fromSubfolders: readonly Import[] = Object.entries(within).flatMap(([folder, folders]) => [
  ...between(folders).map(({ from, to, allowed }) => ({
    from: `${folder}/${from}/some-module`,
    specifier: `../${to}/other-module.ts`,
    allowed,
  })),
  ...Object.keys(folders).flatMap(from =>
    between(arrows)
      .filter(arrow => arrow.from === folder)
      .map(({ to, allowed }) => ({
        from: `${folder}/${from}/some-module`,
        specifier: `../../${to}/other-module.ts`,
        allowed,
      })),
  ),
])

function between(allowed: typeof arrows): readonly { from: string; to: string; allowed: boolean }[] {
  const folders = Object.keys(allowed)
  return folders.flatMap(from =>
    folders.filter(to => to !== from).map(to => ({ from, to, allowed: allowed[from]?.includes(to) ?? false })),
  )
}

/** Single modules that an arrow is about. */
const ofModules: readonly Import[] = [
  { from: 'worker/attempt', specifier: '../closure/revive/revive.ts', allowed: true },
  { from: 'worker/attempt', specifier: '../closure/parcel.ts', allowed: true },
  { from: 'worker/attempt', specifier: '../closure/capture.ts', allowed: false },
  { from: 'worker/child/main', specifier: '../wire.ts', allowed: true },
  { from: 'worker/child/main', specifier: '../../value/decode.ts', allowed: true },
  { from: 'worker/child/main', specifier: '../../closure/revive/revive.ts', allowed: true },
  { from: 'worker/child/main', specifier: '../../closure/capture.ts', allowed: false },
  { from: 'worker/child/main', specifier: '../../client/cloud.ts', allowed: false },
  { from: 'client/cloud', specifier: '../memory/assemble.ts', allowed: true },
  { from: 'client/cloud', specifier: '../memory/queue.ts', allowed: false },
  { from: 'client/cloud', specifier: 'hono', allowed: false },
  { from: 'client/connect/connections', specifier: '../../memory/assemble.ts', allowed: true },
  { from: 'client/connect/connections', specifier: '../../memory/queue.ts', allowed: false },
  { from: 'client/connect/connections', specifier: '../../engine/engine.ts', allowed: false },
  { from: 'client/connect/connections', specifier: '../../protocol/job.ts', allowed: true },
  { from: 'client/connect/connections', specifier: '../cloud-api.ts', allowed: true },
  { from: 'client/connect/connections', specifier: 'hono', allowed: false },
  { from: 'engine/engine', specifier: './submit/submit.ts', allowed: true },
  { from: 'engine/engine', specifier: 'node:sqlite', allowed: false },
  { from: 'engine/submit/submit', specifier: './plan.ts', allowed: true },
  { from: 'engine/submit/submit', specifier: '../../protocol/job.ts', allowed: true },
  { from: 'engine/submit/submit', specifier: '../../cron/parse.ts', allowed: true },
  { from: 'engine/submit/submit', specifier: '../../worker/pool.ts', allowed: false },
  { from: 'engine/submit/submit', specifier: 'node:sqlite', allowed: false },
  { from: 'engine/submit/submit', specifier: 'node:child_process', allowed: false },
  { from: 'engine/submit/submit', specifier: '@aws-sdk/client-sqs', allowed: false },
  { from: 'protocol/job', specifier: 'zod', allowed: true },
  { from: 'protocol/job', specifier: './limits.ts', allowed: true },
  { from: 'protocol/job', specifier: 'node:crypto', allowed: false },
  { from: 'closure/revive/revive', specifier: '../../value/decode.ts', allowed: true },
  { from: 'closure/revive/revive', specifier: 'acorn', allowed: false },
  { from: 'closure/revive/revive', specifier: 'esbuild', allowed: false },
  { from: 'closure/revive/revive', specifier: 'node:inspector', allowed: false },
  { from: 'closure/revive/revive', specifier: 'node:inspector/promises', allowed: false },
  { from: 'closure/revive/revive', specifier: '../bundle-format.ts', allowed: true },
  { from: 'closure/revive/revive', specifier: '../source/script.ts', allowed: false },
  { from: 'closure/capture', specifier: 'node:inspector', allowed: true },
  { from: 'closure/names/names', specifier: '../source/script.ts', allowed: false },
  { from: 'closure/packages/bundle-cache', specifier: '../../disk/make-folder.ts', allowed: true },
  { from: 'closure/revive/revive', specifier: '../../disk/make-folder.ts', allowed: false },
  { from: 'closure/source/script', specifier: '../names/names.ts', allowed: true },
  { from: 'closure/source/script', specifier: '../packages/package-index.ts', allowed: false },
  { from: 'closure/source/source-map', specifier: '../revive/stack.ts', allowed: true },
  { from: 'closure/source/script', specifier: '../revive/revive.ts', allowed: false },
  { from: 'closure/source/function-code', specifier: '../words.ts', allowed: true },
  { from: 'closure/nodes/private-state', specifier: '../graph/graph.ts', allowed: false },
  { from: 'closure/graph/graph', specifier: '../../value/encode-class.ts', allowed: true },
  { from: 'closure/graph/graph', specifier: '../nodes/private-state.ts', allowed: true },
  { from: 'closure/graph/graph', specifier: '../emit/emit.ts', allowed: false },
  { from: 'closure/graph/graph', specifier: '../../client/cloud.ts', allowed: false },
  { from: 'memory/assemble', specifier: '../worker/pool.ts', allowed: true },
  { from: 'memory/assemble', specifier: '../http/app.ts', allowed: true },
  { from: 'memory/queue', specifier: '../worker/pool.ts', allowed: false },
  { from: 'local/assemble', specifier: '../worker/create-pool.ts', allowed: true },
  { from: 'local/assemble', specifier: '../http/app.ts', allowed: true },
  { from: 'local/server', specifier: '../http/app.ts', allowed: false },
  { from: 'local/queue', specifier: 'node:sqlite', allowed: true },
  { from: 'aws/assemble', specifier: '../worker/create-pool.ts', allowed: true },
  { from: 'aws/assemble-executor', specifier: '../worker/create-pool.ts', allowed: true },
  { from: 'aws/store/job-store', specifier: '../../worker/create-pool.ts', allowed: false },
  { from: 'aws/store/job-store', specifier: '@aws-sdk/client-dynamodb', allowed: true },
  { from: 'stack/picloud', specifier: '../aws/environment.ts', allowed: true },
  { from: 'stack/picloud', specifier: '../aws/table-schema.ts', allowed: true },
  { from: 'aws/store/job-store', specifier: '../base.ts', allowed: false },
  { from: 'stack/picloud', specifier: '../aws/store/job-store.ts', allowed: false },
  { from: 'stack/picloud', specifier: 'aws-cdk-lib/aws-sqs', allowed: true },
  { from: 'eslint/some-rule', specifier: '../closure/words.ts', allowed: true },
  { from: 'eslint/some-rule', specifier: '../closure/source/script.ts', allowed: false },
  { from: 'eslint/some-rule', specifier: './made-by.ts', allowed: true },
  { from: 'index', specifier: './stack/index.ts', allowed: false },
  { from: 'index', specifier: './client/cloud.ts', allowed: true },
  { from: 'index', specifier: './protocol/errors.ts', allowed: true },
  { from: 'index', specifier: './engine/engine.ts', allowed: false },
  { from: 'index', specifier: './memory/assemble.ts', allowed: false },
  { from: 'mp', specifier: './worker/pool.ts', allowed: false },
  { from: 'client/wait', specifier: '../../test/ground/arrows.ts', allowed: false },
]

export const imports: readonly Import[] = [...betweenFolders, ...fromSubfolders, ...ofModules]
