let picloud$values = 1, picloud$this = 2, picloud$template0 = 8
class K { v = 1; m() { return () => [this.v, picloud$this] } }
const f = new K().m()
class P { #x = 1; get x() { return [this.#x, picloud$values] } }
const p = new P()
class Q extends P { get y() { return [super.x, picloud$this] } }
const q = new Q()
const tag = s => s
const mk = () => () => [tag`a`, picloud$template0]
const inner = mk()
export default () => [picloud$values, picloud$this, f(), p.x, q.y, inner()[0] === mk()()[0], inner()[1]]
