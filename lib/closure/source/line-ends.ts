/** Text in lines as V8 counts them in stack traces: these four end one. */
const LINE_END = /\r\n|[\n\r\u2028\u2029]/g
const ODD_LINE_END = /[\r\u2028\u2029]/

/** The offsets at which lines start. */
export function lineStartsOf(text: string): readonly number[] {
  const starts = [0]
  if (ODD_LINE_END.test(text)) for (const end of text.matchAll(LINE_END)) starts.push(end.index + end[0].length)
  else for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
