const day = new Intl.DateTimeFormat('de', { dateStyle: 'long', timeZone: 'UTC' })
const latin = new TextDecoder('latin1')
const decoder = new TextDecoder()
const encoder = new TextEncoder()
const locale = new Intl.Locale('de-u-hc-h12')
const collator = new Intl.Collator('de')

export const args = [new Intl.Collator('en')]

export default other => [
  day.format(0),
  latin.decode(Uint8Array.of(228)),
  decoder.decode(encoder.encode('ä')),
  [locale.language, locale.hourCycle],
  ['b', 'a'].sort(other.compare).sort(collator.compare),
]
