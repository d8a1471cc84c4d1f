import assert from 'node:assert/strict'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode } from '../../lib/value/decode.ts'
import { encode, gather } from '../../lib/value/encode.ts'

const there = <T>(value: T): T => decode(gather(encode(value))) as T

type Kind = 'DateTimeFormat' | 'NumberFormat' | 'Collator' | 'PluralRules' | 'RelativeTimeFormat' | 'ListFormat'
interface Formatter {
  resolvedOptions(): object
}

const locale = fc.constantFrom(
  'en', 'en-GB', 'de', 'de-AT-u-co-phonebk', 'ja', 'ja-u-ca-japanese', 'ar-EG', 'hi', 'zh-TW', 'th-u-nu-thai',
  'sv', 'en-u-hc-h23', 'fr-CA-u-hc-h12', 'he', 'pt-BR', 'de-u-kn-kf-upper',
) // biome-ignore format: a table

/** Some of the options, each of its values or absent. */
function some(values: Readonly<Record<string, readonly unknown[]>>): fc.Arbitrary<Record<string, unknown>> {
  const each = Object.entries(values).map(([key, all]) => [key, fc.constantFrom(...all)] as const)
  return fc.record(Object.fromEntries(each), { requiredKeys: [] })
}

const width = ['long', 'short', 'narrow']
const digits = ['numeric', '2-digit']
const hours = { hour12: [true, false], hourCycle: ['h11', 'h12', 'h23', 'h24'] }
const zones = { timeZone: ['UTC', 'Europe/Berlin', 'Asia/Kolkata', '+05:30'], calendar: ['gregory', 'buddhist'] }
const rounding = {
  minimumIntegerDigits: [1, 3],
  minimumFractionDigits: [0, 2],
  maximumFractionDigits: [2, 5],
  minimumSignificantDigits: [1, 2],
  maximumSignificantDigits: [3, 6],
  roundingMode: ['ceil', 'halfEven', 'trunc'],
  roundingPriority: ['auto', 'morePrecision', 'lessPrecision'],
  trailingZeroDisplay: ['auto', 'stripIfInteger'],
}

const moments = [0, 951_782_400_000, 1_700_000_000_123, -62_000_000_000_000]
const numbers = [0, -0, 1, -1234.5678, 1e9, 0.000123, Number.NaN, Number.POSITIVE_INFINITY, 12n]
const words = ['a', 'B', 'b', 'ä', 'z', 'Å', '10', '9', 'co-op', 'coop', '']

const kinds: { readonly [K in Kind]: readonly [fc.Arbitrary<Record<string, unknown>>, (it: never) => unknown] } = {
  DateTimeFormat: [
    fc.oneof(
      some({ ...hours, ...zones, dateStyle: ['full', ...width.slice(0, 2), 'medium'], timeStyle: ['full', 'short'] }),
      some({
        ...hours, ...zones, weekday: width, era: width, year: digits, month: [...digits, ...width], day: digits,
        dayPeriod: width, hour: digits, minute: digits, second: digits, fractionalSecondDigits: [1, 3],
        timeZoneName: ['short', 'longOffset', 'shortGeneric'],
      }),
    ),
    (it: Intl.DateTimeFormat) => moments.map(each => [it.format(each), it.formatRange(0, Math.abs(each))]),
  ],
  NumberFormat: [
    some({
      ...rounding, style: ['decimal', 'percent', 'currency', 'unit'], currency: ['EUR', 'JPY'], unit: ['liter', 'mile-per-hour'],
      currencyDisplay: ['code', 'name'], currencySign: ['accounting'], unitDisplay: width, notation: ['compact', 'engineering'],
      compactDisplay: ['long'], useGrouping: [true, false, 'min2', 'always'], signDisplay: ['always', 'exceptZero'],
      numberingSystem: ['arab', 'deva'],
    }),
    (it: Intl.NumberFormat) => numbers.map(each => it.format(each)),
  ],
  Collator: [
    some({
      usage: ['sort', 'search'], sensitivity: ['base', 'accent', 'case', 'variant'], ignorePunctuation: [true, false],
      numeric: [true, false], caseFirst: ['upper', 'lower', 'false'], collation: ['phonebk', 'emoji'],
    }),
    (it: Intl.Collator) => words.toSorted(it.compare),
  ],
  PluralRules: [
    some({ ...rounding, type: ['cardinal', 'ordinal'] }),
    (it: Intl.PluralRules) => [0, 1, 2, 3, 11, 1.5].map(each => it.select(each)),
  ],
  RelativeTimeFormat: [
    some({ numeric: ['always', 'auto'], style: width, numberingSystem: ['latn', 'thai'] }),
    (it: Intl.RelativeTimeFormat) => [-1, 0, 1, 5.5].map(each => [it.format(each, 'day'), it.format(each, 'year')]),
  ],
  ListFormat: [
    some({ type: ['conjunction', 'disjunction', 'unit'], style: width }),
    (it: Intl.ListFormat) => it.format(['one', 'two', 'three']),
  ],
} // biome-ignore format: tables

/** Undefined for what was refused by name. */
function sent<T>(value: T): T | undefined {
  try {
    return there(value)
  } catch (error) {
    assert.match(String(error), /can’t be sent/)
    return undefined
  }
}

test.each(Object.keys(kinds) as Kind[])('any Intl.%s formats there as it does here', kind => {
  const [options, samples] = kinds[kind]
  let made = 0
  let refused = 0
  fc.assert(
    fc.property(locale, options, (tag, given) => {
      const Maker = Intl[kind] as unknown as new (locale: string, options: object) => Formatter
      let here: Formatter
      try {
        here = new Maker(tag, given)
      } catch {
        return
      }
      made++
      const copy = sent(here)
      if (copy === undefined) return void refused++
      assert.ok(copy instanceof Maker && copy !== here)
      assert.deepEqual(copy.resolvedOptions(), here.resolvedOptions())
      assert.deepEqual(samples(copy as never), samples(here as never))
    }),
    { numRuns: 300 },
  )
  // Where the options that it tells are not those that it does as.
  expect(refused).toBeLessThan(made / 2)
  expect(made).toBeGreaterThan(30)
})

test('the rest of Intl', () => {
  const names = there(new Intl.DisplayNames('de', { type: 'region', fallback: 'none' }))
  expect([names.of('AT'), names.of('XY')]).toEqual(['Österreich', undefined])
  const words = [...there(new Intl.Segmenter('en', { granularity: 'word' })).segment('a bc')]
  expect(words.map(({ segment }) => segment)).toEqual(['a', ' ', 'bc'])
  const tag = there(new Intl.Locale('de-u-hc-h12', { calendar: 'buddhist' }))
  expect([tag.toString(), tag.hourCycle, tag.calendar]).toEqual(['de-u-ca-buddhist-hc-h12', 'h12', 'buddhist'])
  const options = { style: 'digital', fractionalDigits: 2, days: 'long' }
  const { DurationFormat } = Intl as unknown as {
    DurationFormat: new (locale: string, options: object) => Formatter & { format(duration: object): string }
  }
  const duration = new DurationFormat('en', options)
  expect(there(duration).resolvedOptions()).toEqual(duration.resolvedOptions())
  const time = { days: 3, hours: 2, minutes: 1, seconds: 4, milliseconds: 560 }
  expect(there(duration).format(time)).toBe(duration.format(time))
})

test('own properties, prototype and integrity go along, and what is one here is one there', () => {
  class Euros extends Intl.NumberFormat {
    readonly label = 'euros'
  }
  const here = Object.freeze(
    Object.setPrototypeOf(new Euros('de', { style: 'currency', currency: 'EUR' }), null),
  ) as object
  const [copy, again, deep] = there([here, here, nested(here, 250)]) as [Euros, Euros, unknown]
  expect([copy === again, Object.isFrozen(copy), copy.label]).toEqual([true, true, 'euros'])
  expect([deep].flat(Number.POSITIVE_INFINITY)).toEqual([copy])
})

function nested(value: unknown, levels: number): unknown {
  return levels === 0 ? value : [nested(value, levels - 1)]
}

test('text is encoded and decoded there', () => {
  expect(there(new TextEncoder()).encode('ä')).toEqual(new Uint8Array([195, 164]))
  const latin = there(new TextDecoder('latin1'))
  expect([latin.encoding, latin.decode(new Uint8Array([228]))]).toEqual(['windows-1252', 'ä'])
  const strict = there(Object.assign(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }), { of: 1 }))
  expect([strict.fatal, strict.ignoreBOM, strict.of]).toEqual([true, true, 1])
  expect(() => strict.decode(new Uint8Array([255]))).toThrow(TypeError)
})

test('a decoder in the middle of a text is refused, and so is one that may be', () => {
  const started = new TextDecoder()
  started.decode(new Uint8Array([195]), { stream: true })
  expect(() => encode(started)).toThrow(/a TextDecoder can’t be sent/)
  expect(() => encode(new TextDecoder('utf-16le'))).toThrow(/a TextDecoder can’t be sent/)
  started.decode()
  expect(there(started).decode(new Uint8Array([97]))).toBe('a')
})

test('what only inherits from such a class is refused', () => {
  expect(() => encode(Object.create(Intl.NumberFormat.prototype))).toThrow(/NumberFormat can’t be sent/)
  expect(() => encode(Object.create(TextDecoder.prototype))).toThrow(/TextDecoder can’t be sent/)
})

test('no toJSON of the program runs', () => {
  let asked = 0
  const toJSON = { configurable: true, value: () => void asked++ }
  for (const each of [Object.prototype, Array.prototype, String.prototype])
    Object.defineProperty(each, 'toJSON', toJSON)
  try {
    expect(there(new Intl.NumberFormat('de')).format(1.5)).toBe('1,5')
  } finally {
    for (const each of [Object.prototype, Array.prototype, String.prototype]) Reflect.deleteProperty(each, 'toJSON')
  }
  expect(asked).toBe(0)
})
