import type { Work } from '../engine/ports/launcher.ts'
import { nextEstimate } from './batch-size.ts'
import type { Spec } from './frames/wire.ts'
import { Line } from './line.ts'

/** Kinds that are remembered: functions with ever new captured state make ever new ones. Beyond it all are forgotten. */
const MAX_KINDS = 1_000
/** Families that are remembered; forgetting one costs its next job a fresh child. */
const MAX_FAMILIES = 10_000

/** Jobs that may share a child: those of the same code and the same demands on the process. */
export class Family {
  readonly highCpu: boolean
  /** Its children end with their first job. */
  readonly own: boolean
  /** Microseconds that a job takes, once one has ended. */
  estimate: number | undefined
  readonly #lines: Line[] = []

  constructor(highCpu: boolean, own: boolean) {
    this.highCpu = highCpu
    this.own = own
  }

  line(depth: number): Line {
    const known = this.#lines[depth]
    if (known !== undefined) return known
    const line = new Line(this, depth)
    this.#lines[depth] = line
    return line
  }

  learn(tookUs: number): void {
    this.estimate = nextEstimate(this.estimate, tookUs)
  }
}

/** Jobs whose spec is the same: a child is told of it once. */
export interface Kind {
  readonly family: Family
  readonly spec: Spec
  /** One at a time in a child, as none of them may run twice or share its process. */
  readonly alone: boolean
}

/** Finds the kind of a launch again, by one look at a map in the common case. */
export class Kinds {
  readonly #byBundle = new Map<string, Kind[]>()
  readonly #families = new Map<string, Family>()
  #count = 0

  of({ function: fn, options }: Work): Kind {
    const {
      fastSerialization: level = 0,
      profile = false,
      highCpu = false,
      killProcess: own = false,
      resultForm,
    } = options
    const alone = options.restartable === false || own || profile
    const kinds = this.#byBundle.get(fn.bundle) ?? []
    for (const kind of kinds) {
      const { spec, family } = kind
      if (spec.level !== level || spec.profile !== profile || spec.resultForm !== resultForm) continue
      if (kind.alone !== alone || !isSame(spec.environment, fn.environment)) continue
      if (family.highCpu === highCpu && family.own === own && spec.code === fn.code) return kind
    }
    if (this.#count++ >= MAX_KINDS) this.#forget()
    const { bundle, code, modules = [], name, environment } = fn
    const spec: Spec = { bundle, code, modules, level, profile, resultForm, name, environment }
    const kind: Kind = {
      family: this.#family(`${fn.code} ${environment?.hash} ${environment?.name}`, highCpu, own),
      spec,
      alone,
    }
    this.#byBundle.set(fn.bundle, [...kinds, kind])
    return kind
  }

  #family(code: string, highCpu: boolean, own: boolean): Family {
    const name = `${code} ${highCpu} ${own}`
    const known = this.#families.get(name)
    if (known !== undefined) return known
    const family = new Family(highCpu, own)
    if (this.#families.size >= MAX_FAMILIES) this.#families.clear()
    this.#families.set(name, family)
    return family
  }

  #forget(): void {
    this.#byBundle.clear()
    this.#count = 1
  }
}

/** Of the same packages under another name too: what a child says of its environment names it. */
function isSame(one: Spec['environment'], other: Spec['environment']): boolean {
  return one?.hash === other?.hash && one?.name === other?.name
}
