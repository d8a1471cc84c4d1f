const boxes = [new Number(1), new String('ab'), new Boolean(false), Object(1n), Object(Symbol.for('s'))]
export default () => boxes.map(it => [typeof it, String(it.valueOf()), Object.prototype.toString.call(it)])
