const key = 'made', tag = Symbol.toStringTag
// biome-ignore format: as what minifies writes it
const object = {n:1,get[tag](){return'T'},get[key](){return this.n},set[key](v){this.n=v},async[key+1](){return this.n},async*[key+2](){yield this.n},*[key+3](){yield this.n},[key+4](){return this.n}}
class Row{static get[key](){return 2}get[tag](){return'R'}async[key](){return 3}}
const row = new Row()
export default async () => {
  object.made = 5
  const all = [String(object), object.made, await object.made1(), ...object.made3(), object.made4(), Row.made, String(row), await row.made()]
  for await (const n of object.made2()) all.push(n)
  return all
}
