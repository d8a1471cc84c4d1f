import type { Callable } from '../../value/captured.ts'
import { WITH } from '../bundle-format.ts'
import { CaptureError } from '../capture-error.ts'
import { isStandardGlobal } from '../names/global-names.ts'
import type { Binding, Scope } from '../names/scope.ts'
import { ByReference, type ReferenceTable } from '../nodes/reference-table.ts'
import type { FreeName, FunctionCode } from '../source/function-code.ts'
import { type LiveScope, levelOf } from '../source/inspector.ts'
import type { Script } from '../source/script.ts'
import type { SeenScopes } from '../source/seen-scopes.ts'
import { type Chain, Chains } from './chains.ts'
import { CommonJsNames } from './commonjs-names.ts'
import { CompiledExports } from './compiled-exports.ts'
import { ImportedValues } from './imported-value.ts'
import { InsideVariables } from './inside-variables.ts'
import { type CodeScope, type Instance, merge, newInstance, slotOf } from './instances.ts'
import { readLexical } from './lexical-values.ts'
import { LiveImports } from './live-imports.ts'
import { Places } from './places.ts'
import { readVariable } from './read-variable.ts'
import { type Seer, seersTogether } from './same-variable.ts'
import { TopValues } from './top-values.ts'
import { refuseMeta, unknownName, variableRefusal } from './variable-refusal.ts'
import { WithObjects } from './with-objects.ts'

/** A captured variable, as one function sees it. */
export interface Cell {
  readonly instance: Instance
  readonly slot: number
  readonly name: string
  readonly value: unknown
  /** It may hold another value at the next capture. */
  readonly assigned: boolean
  /** Which of the function's scopes holds it; -1 for globals. */
  readonly level: number
}

/** The variables that the captured functions see, and which of them are one. */
export class Environments {
  readonly globals: CodeScope = {
    script: undefined,
    scope: undefined,
    slots: [],
    numbers: new Map(),
    absent: new Set(),
  }
  readonly globalInstance = newInstance(this.globals)
  readonly chains = new Chains()
  /** Of each variable of a script: who sees it. */
  readonly seers = new Map<Binding, Seer[]>()
  /** Assigned by a function that travels: there, seeing one variable or a copy is not the same. */
  readonly written = new Set<Binding>()
  readonly #topValues = new TopValues()
  readonly imports = new LiveImports()
  readonly #ofCommonJs: CommonJsNames
  readonly imported: ImportedValues
  readonly places: Places
  readonly insides: InsideVariables

  /** Names that evaluated text may use are left out: at the next capture they may hold what can travel. */
  hasAbsent = false
  readonly #sends: (value: unknown) => boolean

  readonly withs: WithObjects
  readonly compiled: CompiledExports

  /**
   * @param sends tries whether a value can travel
   * @param isHeld whether the receiver has an object from another message
   * @param parts whether exports that can't travel stay behind: see `CompiledExports`
   */
  constructor(
    references: ReferenceTable,
    sends: (value: unknown) => boolean,
    isHeld: (object: object) => boolean = () => false,
    parts: ConstructorParameters<typeof CompiledExports>[0] = {},
  ) {
    this.compiled = new CompiledExports(parts, sends, isHeld)
    this.withs = new WithObjects(references, isHeld)
    this.imported = new ImportedValues(references)
    this.places = new Places(references)
    this.insides = new InsideVariables(references)
    this.#ofCommonJs = new CommonJsNames(this.imports, this.places, this.compiled)
    this.#sends = sends
  }

  /**
   * Takes a function in: the instance of the innermost scope that it captured of, and what it captured.
   * @param owners the classes of `code.within`
   */
  enter(
    fn: Callable,
    code: FunctionCode,
    { scopes, withs: objects }: SeenScopes,
    owners: readonly Callable[],
  ): { home: Instance; cells: Cell[] } {
    this.places.enter(fn, code)
    const withs = this.withs.around(fn, code, objects)
    const instances = this.chains.enter(fn, code, owners, withs)
    const cells = this.#withCells(withs, instances)
    for (const free of code.free) {
      const see = (): Cell | undefined => this.#cell(fn, free, code, scopes, instances)
      const cell = free.perhaps === true ? this.#perhaps(free, see) : see()
      if (cell === undefined) continue
      if (free.perhaps !== true) cell.instance.of.absent.delete(free.name)
      cells.push(cell)
      const now = this.insides.nowOf(free, cell, () => readVariable(fn, free, code, scopes), this.#sends)
      if (now !== undefined) cells.push(now)
      if (free.binding === undefined || ByReference.is(cell.value)) continue
      if (free.writes && free.binding.scope.parent === undefined) {
        this.imports.assigned({ fn, code, free, value: cell.value })
      }
      if (free.binding.scope.parent === undefined) this.#topValues.check(free.binding, cell.value, fn, code)
      this.#note(free.binding, free.writes, { ...cell, fn, code })
    }
    const [innermost] = instances.values()
    return { home: innermost ?? this.chains.topOf(code.script), cells }
  }

  #withCells(withs: ReadonlyMap<Scope, object>, instances: Chain): Cell[] {
    return [...withs].flatMap(([scope, value]) => {
      const instance = instances.get(scope) as Instance
      const copy = this.withs.copyOf(value)
      if (copy === undefined) return []
      const cell = (name: string, value: unknown): Cell => {
        return { instance, slot: slotOf(instance.of, name), name, value, assigned: false, level: -1 }
      }
      // Itself too, so that who gets more of the message later can name it.
      return [cell(WITH, value), cell('with', copy)]
    })
  }

  /** A name that only evaluated text may use; undefined when what it holds can't travel. */
  #perhaps({ name, binding }: FreeName, see: () => Cell | undefined): Cell | undefined {
    const known = binding && this.chains.scopes.get(binding.scope)?.numbers.has(name)
    try {
      const cell = see()
      if (cell === undefined || this.#sends(cell.value)) return cell
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error
    }
    this.hasAbsent = true
    const of = binding && this.chains.scopes.get(binding.scope)
    if (known !== true && of?.numbers.has(name) === true) of.absent.add(name)
    return undefined
  }

  #cell(
    fn: Callable,
    free: FreeName,
    code: FunctionCode,
    scopes: readonly LiveScope[],
    instances: Chain,
  ): Cell | undefined {
    const { name, binding, lexical } = free
    if (binding === undefined || isGlobal(binding, code.script, scopes)) return this.#globalCell(fn, free, code, scopes)
    if (free.writes && (binding.kind === 'const' || binding.kind === 'import')) {
      throw variableRefusal(fn, free, code, 'it is assigned to, and is a constant', 'Declare it with `let`.')
    }
    if (free.writes && binding.kind === 'own') {
      const why = 'it is assigned to, and is the own name of the function around it'
      throw variableRefusal(fn, free, code, why, 'Leave that out, as it does nothing, or fails in strict code.')
    }
    const top = this.chains.topOf(code.script)
    const instance = instances.get(binding.scope) ?? top
    const slot = slotOf(instance.of, name)
    const imported = this.#standsFor(free, code.script, scopes)
    if (imported !== undefined) return { instance, slot, name, value: imported.value, assigned: false, level: -1 }
    if (lexical !== undefined) {
      const found = readLexical(lexical, fn, code, scopes)
      if (found !== undefined) return { instance, slot, name: lexical, value: found.value, assigned: false, level: -1 }
      const why = `it uses the \`${lexical}\` of the function around it, which can’t be read`
      const at = { name: lexical, start: free.start }
      throw variableRefusal(fn, at, code, why, 'Copy what it needs into a variable and use that.')
    }
    refuseMeta(fn, free, code)
    const { value: read, level } = readVariable(fn, free, code, scopes)
    const value = this.compiled.take(free, this.imports.take({ fn, code, free, value: read }))
    const assigned = binding.assigned || binding.kind === 'import' || (binding.kind === 'var' && value === undefined)
    return { instance, slot, name, value, assigned, level }
  }

  #standsFor(free: FreeName, script: Script, scopes: readonly LiveScope[]): { readonly value: unknown } | undefined {
    const { imported, places, insides } = this
    return imported.take(free, script, scopes) ?? places.take(free, script, scopes) ?? insides.take(free, script)
  }

  #globalCell(fn: Callable, free: FreeName, code: FunctionCode, scopes: readonly LiveScope[]): Cell | undefined {
    const { name } = free
    const level = levelOf(scopes, name)
    const description = scopes[level]?.description
    if (level >= 0 && description !== 'Global') {
      const own = this.#ofCommonJs.take(free, code.script, scopes, () => readVariable(fn, free, code, scopes).value)
      if (own !== undefined) {
        const instance = this.chains.topOf(code.script)
        return { instance, slot: slotOf(instance.of, name), name, value: own, assigned: !name.startsWith('__'), level }
      }
      if (description !== 'Script') throw unknownName(fn, free, code)
      return this.#sharedByAll(name, readVariable(fn, free, code, scopes).value, level)
    }
    if (isStandardGlobal(name)) return undefined
    const slot = Object.getOwnPropertyDescriptor(globalThis, name)
    // What a sloppy function would make a global is a variable of the job's own: a process serves more than one job.
    if (slot === undefined) return free.makes === true ? this.#sharedByAll(name, undefined, -1) : undefined
    if (!('value' in slot)) {
      throw variableRefusal(
        fn,
        free,
        code,
        'it is a global that a getter computes',
        'Read it into a variable and use that.',
      )
    }
    return this.#sharedByAll(name, slot.value, -1)
  }

  #sharedByAll(name: string, value: unknown, level: number): Cell {
    return { instance: this.globalInstance, slot: slotOf(this.globals, name), name, value, assigned: true, level }
  }

  #note(binding: Binding, writes: boolean, seer: Seer): void {
    const seers = this.seers.get(binding)
    if (seers === undefined) this.seers.set(binding, [seer])
    else seers.push(seer)
    if (writes) this.written.add(binding)
  }

  /**
   * Finds out which functions see the same variables, once all are there.
   * @throws {Refusal} when that can't be decided
   */
  unite(): void {
    for (const binding of this.written) {
      // The top of a script has one instance.
      if (binding.scope.parent === undefined) continue
      for (const [first, ...rest] of seersTogether(this.seers.get(binding) as Seer[], binding)) {
        for (const other of rest) merge((first as Seer).instance, other.instance)
      }
    }
  }
}

/**
 * What a script declares with `var` at its top is a property of the global object, unless it is a module. That of a
 * CommonJS file is in a scope: there the top is inside of a function.
 */
function isGlobal({ name, kind, scope }: Binding, { isModule }: Script, scopes: readonly LiveScope[]): boolean {
  if ((kind !== 'var' && kind !== 'function') || scope.parent !== undefined || isModule) return false
  return levelOf(scopes, name) < 0 && Object.hasOwn(globalThis, name)
}
