import type { Callable } from '../value/captured.ts'

/**
 * What a bundle consists of. A bundle is a frame of two sections, which are hashed apart, and in a parcel package bundles:
 *
 * - **code**: a frame of one script. It has a factory for each scope of the user's files in which something was
 *   captured; a factory declares the captured names and makes the functions that were written there.
 * - **data**: an encoded value with what the names hold.
 *
 * The bundle's header says which instance of which scope each function sees: two functions that share a variable
 * see the same instance.
 */

/** Raised with every change of the format; a worker refuses another. */
export const BUNDLE_VERSION = 4

/**
 * A thing that the worker has or makes itself:
 * - `['builtin', 'node:fs', 'readFile']`, or with a `*` before the name for the namespace that `import *` gives
 * - `['intrinsic', 'Map.prototype.get']`
 * - `['host', 'picloud', 'default', 'call']`
 * - `['module', 'm0', 'chunk']`: the namespace of that name of the package bundle
 * - `['place', 'path', '/home/ada/report']`: a file or folder of the caller's, as a path, a `url` or a `URL` (`object`);
 *   what lies in a project of which files came along means their copy
 */
export type WireReference = readonly string[]

/** A step of such a path: to what `util.promisify` gives for a built-in function. */
export const PROMISIFIED = '@custom'
/** A step of such a path from `node:events`: to the symbols of emitters that it does not export, by description. */
export const EMITTER_SYMBOLS = '@emitter'

/** A file of the caller's that comes along. */
export interface WireAsset {
  /** The folder of its project, absolute. */
  readonly root: string
  /** From there. */
  readonly path: string
  /** SHA-256 of its bytes, under which they are sent. */
  readonly hash: string
}

export interface CodeHeader {
  readonly version: number
  /** Absent where there are none. */
  readonly assets?: readonly WireAsset[]
  /** SHA-256 of the package bundle, if there is one. */
  readonly modules: readonly string[]
  readonly references: readonly WireReference[]
  /** Of each scope: the scope around it, -1 for none. Outer scopes come first. */
  readonly scopes: readonly number[]
  readonly files: readonly string[]
  /**
   * For stack traces, six numbers a stretch of text that stands as in the user's file, in the order of the emitted
   * script; lines and columns count from 1. In the emitted script: its first line, column, and number of lines, of which
   * the next stretch may take some. In the user's file: the index into `files`, line and column.
   */
  readonly positions: readonly number[]
}

/** A function that the message carries: the scope's instance, and its number among the functions of the scope. */
export interface WireFunction {
  readonly instance: number
  readonly member: number
  /** Where its name is not what the text gives. */
  readonly name?: string
  /** The superclass: a function id. */
  readonly base?: number
  /**
   * The id of the class whose text makes the function, and what it is of it; the data's keys hold its key.
   * `instance` and `member` mean nothing then.
   */
  readonly of?: number
  readonly part?: MemberPart
  /** The cells that the function's record in the data fills: instance and slot, in turns. */
  readonly cells: readonly number[]
  /** Of `cells`, by position: those that hold a namespace of which this record has a part. */
  readonly partial?: readonly number[]
}

export interface BundleHeader {
  readonly version: number
  /** SHA-256 of the code's section: a text that was changed on its way does not run. Hexadecimal. */
  readonly code: string
  /** Two numbers an instance: its scope, and the instance around it or -1. Outer ones come first. */
  readonly instances: readonly number[]
  /**
   * Of each instance, the number in `functions` of the class in whose text it stands, -2 - n for reference n, or -1;
   * absent where all are.
   */
  readonly owners?: readonly number[]
  /**
   * Of instances that are `with` blocks: the instance and the number of its object, in turns; -1 - n for reference n.
   * Objects with a number from 0 on are made empty, and filled from what stands in the instance's slot 1. Absent where
   * there are none.
   */
  readonly withs?: readonly number[]
  readonly functions: readonly WireFunction[]
  /** Functions of other bundles: hash and id, in turns. */
  readonly known: readonly (string | number)[]
  /** Package bundles that come along as further sections, by hash. Of parcels only: those of functions travel apart. */
  readonly carried: readonly string[]
  /** Nothing that a job can reach through its function can be changed: jobs may share it. */
  readonly constant: boolean
}

/**
 * How a function's id in the data is to be read. One number for all, so that values need to know nothing of it:
 * 4n: function n of this bundle · 4n+1: reference n · 4n+2: entry n of `known`.
 */
export const idOfOwn = (index: number): number => index * 4
export const idOfReference = (index: number): number => index * 4 + 1
export const idOfKnown = (index: number): number => index * 4 + 2

/** What an object stands for that is not sent itself. */
export const standIn = {
  /** `[REFERENCE, index]` */
  REFERENCE: 0,
  /** `[PROTOTYPE, function id]` */
  PROTOTYPE: 1,
  /** `[OTHER, what the encoder's caller gave]` */
  OTHER: 2,
  /**
   * `[KEYS, [function, keys, …]]`: of classes, what their computed keys came to be; of functions that a class makes,
   * their own. The first value of the data.
   */
  KEYS: 3,
  /** `[WITH, number]`: the object of a `with` block; see `BundleHeader.withs`. */
  WITH: 4,
} as const

/** A method, getter or setter; static ones are 3 more. */
export type MemberPart = 0 | 1 | 2 | 3 | 4 | 5
const parts = ['value', 'get', 'set'] as const

export function memberPart(part: (typeof parts)[number], isStatic: boolean): MemberPart {
  return (parts.indexOf(part) + (isStatic ? 3 : 0)) as MemberPart
}

/** Which part of a property's descriptor it is. */
export function partName(part: MemberPart): (typeof parts)[number] {
  return parts[part % 3] as (typeof parts)[number]
}

/** The functions of a bundle that both sides have. */
export interface KnownFunctions {
  /** Of the bundle. */
  readonly hash: string
  /** By id; then what both have by reference, in the order of the table: of that, functions of packages. */
  readonly functions: readonly unknown[]
  /** The objects and unique symbols of its data, by number. */
  readonly objects?: readonly unknown[]
  /** False for a class of a package whose private fields can’t be put back there. Absent: they all can. */
  readonly fills?: ((owner: Callable) => boolean) | undefined
  /** Classes of the user's that give objects private members. */
  readonly owners?: (() => readonly Callable[]) | undefined
}

/**
 * What stands for an object or a unique symbol of another message: the message's hash and the thing's number in it. Of a symbol also its
 * description, where it may come to who does not have that message.
 */
export type HeldName = readonly [hash: string, number: number, description?: string | undefined]

/** Bits of a property in a function's extras; DELETED: what the text gives is not there; KEPT: it is, with other attributes. */
export const flag = { WRITABLE: 1, ENUMERABLE: 2, CONFIGURABLE: 4, ACCESSOR: 8, DELETED: 16, KEPT: 32 } as const

/** What a function has beyond its text, as the data holds it; undefined where there is nothing. */
export type Extras =
  | readonly [
      own: readonly unknown[],
      ofPrototype: readonly unknown[],
      /** `[value]` where `prototype` is not the object that came with the function. */
      prototype: readonly unknown[],
      /** `[value]` where the function inherits from something else than its text says. */
      inherits: readonly unknown[],
      /** `[value]` where the prototype does. */
      prototypeInherits: readonly unknown[],
      /** 0 extensible, 1 not, 2 sealed, 3 frozen: the function, then its prototype. */
      level: number,
      prototypeLevel: number,
      /**
       * Of a class: the values of its private static fields. Of a method with `super` of its object: `[prototype]`; of an
       * arrow function with the `super` of a method around it: `[prototype, this]`.
       */
      statics: readonly unknown[],
      /** `[layers]` of a function that has private fields as instances have. */
      hidden: readonly PrivateLayers[],
    ]
  | undefined

/** The private fields of an object: of each class that gave it some, in that order, the class and their values. */
export type PrivateLayers = readonly (readonly [owner: Callable, ...values: unknown[]])[]

/** A function's record: extras, then the values of its cells. The data are `[keys, [value, [record, …]]]`. */
/** Of a parcel: what belongs into a WeakMap of the receiver's, or an item of a WeakSet. */
export type WeakEntry = readonly [weak: object, object: object, value?: unknown]

export type FunctionRecord = readonly [extras: Extras, ...cells: unknown[]]

/**
 * What the script of a package bundle requires that is to come from the job's environment: this, the way in which the user
 * loads it, and its specifier: `picloud-environment:import:sharp`. Packages within the bundle require theirs by name.
 */
export const ENVIRONMENT = 'picloud-environment:'

/** Where packages are told that they lie, where none of their files came along: there is no such folder. */
export const PACKAGES_ROOT = '/installed-packages-travel-without-their-files'
/** Where they are told that they lie below that, where some came: as deep as `../..` in their names leads up. */
export const PACKAGE_FOLDER = 'in/its/own'

/** What those start with that follow. */
export const OWN_NAMES = 'picloud$'
/** Names in the emitted script that no function of the user's uses. */
export const SUPERCLASS = 'picloud$superclass'
export const VALUES = 'picloud$values'
/** Hold what an arrow function took from the function in which it was written. */
export const lexicalName = {
  this: 'picloud$this',
  arguments: 'picloud$arguments',
  'new.target': 'picloud$target',
  /** `this` at the top of a module. */
  nothing: 'picloud$nothing',
} as const
export type Lexical = keyof typeof lexicalName
/** The language's own, under names that no variable of the user's hides. */
export const DESCRIPTOR = 'picloud$descriptor'
export const INHERIT = 'picloud$inherit'
/** The computed keys of a class. */
export const KEYS = 'picloud$keys'
/** Takes the functions that put back what a class keeps in private fields. */
export const PRIVATE = 'picloud$private'
/** A function while it is given the `this` of its `super`. */
export const MADE = 'picloud$made'
/** Set while a class makes an instance to be filled, which then runs nothing of the user's. */
export const MAKING = 'picloud$making'
/** Takes what packages came to hold since they were loaded. */
export const LATE = 'picloud$late'
/** The same of their WeakMaps and WeakSets. */
export const LATE_WEAK = 'picloud$weak'
/** Holds what arguments take of packages that the function uses too. */
export const ALONG = 'picloud$along'
/** Before the number of an object that a tagged template gave to its function, and that something holds. */
export const TEMPLATE = 'picloud$kept'
/** Before the name of a variable that a package assigns: takes what that holds. */
export const INSIDE_NOW = 'picloud$now$'
/** The object of a `with` block. */
export const WITH = 'picloud$with'
/** Ends such a constructor. */
export const LEAVE = 'picloud$leave'
